"""The tide table of a small port, hour by hour."""
import harbour
import tides

app = harbour.App()


@app.get("/")
def table():
    lines = [f"{hour:02d}:00  {tides.height(hour):+.2f} m" for hour in range(24)]
    return "\n".join(lines) + f"\n\nby tides {tides.__version__}\n"


app.run(port=8000)

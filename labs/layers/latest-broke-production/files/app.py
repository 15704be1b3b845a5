"""The pilots' list of ports, in an order that does not care who wrote them in capitals."""
import sys

import harbour
import shanty

app = harbour.App()
ports = ["ROTTERDAM", "Århus", "antwerpen", "Bergen", "GDAŃSK", "Étaples"]


@app.get("/")
def listing():
    python = ".".join(map(str, sys.version_info[:2]))
    return "\n".join(sorted(ports, key=shanty.fold)) + f"\n\nsorted by Python {python}\n"


app.run(port=8000)

#!/bin/sh
# Makes files/wheels/shanty-….whl on an amd64 machine with gcc, binutils and python3: sh make.sh
# A stub stands for libunistring.so.2 at link time: the name in the result is all that matters.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
echo 'void u8_casefold(void) {}' > "$work/stub.c"
gcc -shared -fPIC -Wl,-soname,libunistring.so.2 -o "$work/libunistring.so" "$work/stub.c"
gcc -O1 -Wall -shared -fPIC -Wl,--build-id=none -o "$work/shanty.abi3.so" shanty.c -L"$work" -lunistring
strip "$work/shanty.abi3.so"
python3 - "$work/shanty.abi3.so" ../files/wheels/shanty-3.2.0-cp311-abi3-linux_x86_64.whl <<'END_OF_PYTHON'
import base64, hashlib, sys, zipfile
info = "shanty-3.2.0.dist-info"
files = {
    "shanty.abi3.so": open(sys.argv[1], "rb").read(),
    f"{info}/METADATA": b"Metadata-Version: 2.1\nName: shanty\nVersion: 3.2.0\nSummary: Folds the case of port names\n",
    f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: drydock\nRoot-Is-Purelib: false\nTag: cp311-abi3-linux_x86_64\n",
}
digest = lambda data: base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
record = "".join(f"{name},sha256={digest(data)},{len(data)}\n" for name, data in files.items())
files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
with zipfile.ZipFile(sys.argv[2], "w") as wheel:
    for name, data in files.items():
        wheel.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
END_OF_PYTHON
rm -r "$work"

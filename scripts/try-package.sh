#!/usr/bin/env bash
# Packs the project, installs the tarball in an empty folder, and uses it there as a user would: as a library and as a command.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$project"
tarball=$(npm pack --silent --pack-destination "$place" | tail -1)
cd "$place"
printf '{ "name": "a-user", "private": true }\n' >package.json
npm install --silent --omit=optional "./$tarball"
cat >use.cjs <<'USE'
const { decode, encode } = require("ccs-hil/protocol/exi");
const { iso15118_2 } = require("ccs-hil/protocol/iso15118-2");
const bytes = Buffer.from("809802000000000000000011d01aaf37bc04080c00", "hex");
const { value } = decode(iso15118_2, bytes);
if (value.Body.SessionSetupReq.EVCCID !== "ABCDEF010203") throw new Error("decoded otherwise");
if (!Buffer.from(encode(iso15118_2, "V2G_Message", value)).equals(bytes)) throw new Error("encoded otherwise");
console.log("library: decodes and encodes SessionSetupReq");
USE
node use.cjs
npx --no-install ccs-hil --version
npx --no-install ccs-hil session --seed 7 --trace one.jsonl >/dev/null
npx --no-install ccs-hil session --seed 7 --trace two.jsonl >/dev/null
cmp one.jsonl two.jsonl
echo "command: two sessions of one seed leave the same trace"

# shellcheck shell=bash
# Part of setup-rpi.sh: the firmware's config.txt and the kernel's cmdline.txt. Our lines of config.txt stand in one block at its end;
# lines of others that contradict them become comments with a mark, so that both can be taken back exactly.

: "${root?}" "${dry?}" "${config?}" "${cmdline?}" "${state?}" "${reset?}" "${uart?}"

begin='# ccs-hil: begin (setup-rpi.sh --undo takes this away)'
joined='# ccs-hil: begin (setup-rpi.sh --undo takes this away; the line above had no end)'
end='# ccs-hil: end'
mark='#ccs-hil# '
# The boot partition: a reboot is needed.
changed=''
boot_changed() { [ -n "$changed" ]; }

rival='^\(dtoverlay=qca7000[,\r]\|dtoverlay=qca7000$\|dtparam=int_pin=\|dtparam=speed=\)'

# An empty dtoverlay= ends the parameters of the overlay before it, others' as ours.
block() {
  printf '%s\n' '[all]' 'dtoverlay=' 'dtparam=spi=on' 'dtoverlay=qca7000,int_pin=25,speed=12000000' 'dtoverlay='
  if [ -n "$reset" ]; then printf '%s\n' 'gpio=24=op,dh'; fi
  if [ -n "$uart" ]; then printf '%s\n' 'enable_uart=1'; fi
  printf '%s\n' "$end"
}

boot_has() { sed -n "/^# ccs-hil: begin/,/^$end/p" "$root$config" | grep -qxF "$1"; }

whole_block() {
  local begins ends
  begins=$(grep -c '^# ccs-hil: begin' "$root$config" || true)
  ends=$(grep -c "^$end" "$root$config" || true)
  if [ "$begins" -gt 1 ] || [ "$begins" != "$ends" ]; then
    refuse 3 "the block of ccs-hil in $root$config has been torn apart: take its lines out by hand, then call again"
  fi
}

# Without our block and marks, on stdout; a last line that had no end gets none.
without_us() {
  local rest
  if [ "$(sed -n '/^# ccs-hil: begin/,$p' "$root$config" | grep -c '')" = "$(sed -n "/^# ccs-hil: begin/,/^$end/p" "$root$config" | grep -c '')" ] &&
    grep -qxF "$joined" "$root$config"; then
    rest=1
  fi
  sed -e "/^# ccs-hil: begin/,/^$end/d" -e "s/^$mark//" "$root$config" | head -c "-${rest:-0}"
}

# put NEW PATH: the file NEW becomes the content of PATH, at once and as a whole, if it differs.
put() {
  local new=$1 path=$2
  if ! cmp -s "$new" "$root$path"; then
    changed=yes
    say "change:  $path"
    diff "$root$path" "$new" | sed -n 's/^[<>]/         &/p' || true
    if [ -z "$dry" ]; then
      cp -p "$root$path" "$root$path.ccs-hil"
      cat "$new" >"$root$path.ccs-hil"
      sync "$root$path.ccs-hil"
      mv "$root$path.ccs-hil" "$root$path"
    fi
  fi
  rm "$new"
}

boot_configure() {
  local plain new
  whole_block
  plain=$(mktemp)
  new=$(mktemp)
  without_us >"$plain"
  sed "s/$rival/$mark&/" "$plain" >"$new"
  if [ -s "$plain" ] && [ -n "$(tail -c1 "$plain")" ]; then
    printf '\n%s\n' "$joined" >>"$new"
  else
    printf '%s\n' "$begin" >>"$new"
  fi
  block >>"$new"
  rm "$plain"
  put "$new" "$config"
  if [ -n "$uart" ]; then console_off; fi
}

# The kernel's console would talk into the helper's line.
console_off() {
  local new
  [ -f "$root$cmdline" ] && grep -qE '(^| )console=(serial0|ttyS0|ttyAMA0)' "$root$cmdline" || return 0
  if [ -z "$dry" ]; then
    make_folder "$state"
    cp -p "$root$cmdline" "$root$state/cmdline.txt"
  fi
  new=$(mktemp)
  sed -E 's/(^| )console=(serial0|ttyS0|ttyAMA0)(,[^ ]*)?/\1/g; s/  +/ /g; s/^ //' "$root$cmdline" >"$new"
  put "$new" "$cmdline"
  if [ -z "$dry" ]; then cp -p "$root$cmdline" "$root$state/cmdline.ours"; fi
}

boot_restore() {
  local new
  whole_block
  new=$(mktemp)
  without_us >"$new"
  put "$new" "$config"
  [ -f "$root$state/cmdline.txt" ] || return 0
  if cmp -s "$root$cmdline" "$root$state/cmdline.ours"; then
    new=$(mktemp)
    cat "$root$state/cmdline.txt" >"$new"
    put "$new" "$cmdline"
  else
    say "kept:    $cmdline (changed by hand since; before, it said: $(cat "$root$state/cmdline.txt"))"
  fi
}

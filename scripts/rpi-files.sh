# shellcheck shell=bash
# Part of setup-rpi.sh: files that come and go whole. The manifest says what came from us, so that only that goes again.
# Lines of the manifest: dir PATH | file SHA256 PATH | link PATH | package NAME | tree PATH | user NAME | command SHA256

: "${root?}" "${dry?}" "${shipped?}" "${state?}" "${manifest?}" "${reset?}"

record() {
  [ -n "$dry" ] && return
  mkdir -p "$root$state"
  grep -qxF -- "$*" "$root$manifest" 2>/dev/null || printf '%s\n' "$*" >>"$root$manifest"
}

forget() { # WORD: a path or a kind
  local kept
  [ -z "$dry" ] && [ -f "$root$manifest" ] || return 0
  kept=$(awk -v word="$1" '!($1 == word || $1 == "file" && $3 == word)' "$root$manifest")
  printf '%s\n' "$kept" >"$root$manifest"
}

recorded() { [ -f "$root$manifest" ] && awk -v kind="$1" '$1 == kind { print $NF }' "$root$manifest"; }

sum() { sha256sum <"$1" | cut -d' ' -f1; }

# What we left there, and nobody has touched since.
is_ours() { grep -qxF "file $(sum "$root$1") $1" "$root$manifest" 2>/dev/null; }

make_folder() {
  [ -d "$root$1" ] && return
  make_folder "$(dirname "$1")"
  [ -n "$dry" ] || mkdir "$root$1"
  record "dir $1"
}

# install_file PATH MODE: a file of another hand is never written over.
install_file() {
  local path=$1 mode=$2
  if [ -e "$root$path" ]; then
    cmp -s "$shipped$path" "$root$path" && return
    if ! is_ours "$path"; then
      say "kept:    $path (changed by hand; ours would be $shipped$path)"
      return
    fi
  fi
  say "install: $path"
  [ -n "$dry" ] && return
  make_folder "$(dirname "$path")"
  install -m "$mode" "$shipped$path" "$root$path"
  forget "$path"
  record "file $(sum "$root$path") $path"
}

# install_link PATH TARGET
install_link() {
  [ -e "$root$1" ] || [ -L "$root$1" ] && return
  say "link:    $1 -> $2"
  [ -n "$dry" ] && return
  make_folder "$(dirname "$1")"
  ln -s "$2" "$root$1"
  record "link $1"
}

# The station's service is installed, and started by whoever has read its settings.
files_install() {
  local path mode units=/etc/systemd/system
  while read -r path; do
    case $path in
      *ccs-hil-reset*) [ -n "$reset" ] || continue ;;
    esac
    case $path in
      *.nmconnection) mode=600 ;; # NetworkManager reads no other
      */libexec/*) mode=755 ;;
      *) mode=644 ;;
    esac
    install_file "$path" "$mode"
  done < <(cd "$shipped" && find . -type f | sed 's/^\.//' | sort)
  install_link $units/multi-user.target.wants/ccs-hil-link.service ../ccs-hil-link.service
  if [ -n "$reset" ]; then install_link $units/multi-user.target.wants/ccs-hil-reset.service ../ccs-hil-reset.service; fi
}

files_remove() {
  local kind rest path
  [ -f "$root$manifest" ] || { say 'nothing else was set up here'; return; }
  while read -r kind rest; do
    path=${rest#* }
    case $kind in
      file)
        if [ -e "$root$path" ] && ! is_ours "$path"; then
          say "kept:    $path (changed by hand)"
        else
          drop "$path"
        fi
        ;;
      link | tree) drop "$rest" ;;
      dir) [ -n "$dry" ] || rmdir "$root$rest" 2>/dev/null || true ;;
      package) say "stays:   package $rest (apt-get purge $rest takes it away)" ;;
    esac
  done < <(tac "$root$manifest")
  [ -n "$dry" ] || rm -r "$root${state:?}"
}

drop() {
  [ -e "$root$1" ] || [ -L "$root$1" ] || return 0
  say "remove:  $1"
  [ -n "$dry" ] || rm -r "$root$1"
}

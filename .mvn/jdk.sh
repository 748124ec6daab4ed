# Sets JAVA_HOME to a JDK of at least 25, wherever it lies; sourced by mvnw and sekisho.

jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  if command -v javac >/dev/null 2>&1; then dirname "$(dirname "$(readlink -f "$(command -v javac)")")"; fi
  local place
  for place in /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$place" ] && printf '%s\n' "$place"
  done
}

find_jdk() {
  local place major
  while IFS= read -r place; do
    major=$(jdk_major "$place") || continue
    if [ -n "$major" ] && [ "$major" -ge 25 ]; then
      export JAVA_HOME="$place"
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

require_jdk() {
  find_jdk && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "sekisho: no JDK 25 found, trying Debian's openjdk-25-jdk-headless" >&2
    apt-get install -y -qq openjdk-25-jdk-headless >/dev/null 2>&1 && find_jdk && return 0
  fi
  echo "sekisho: needs a JDK 25 or newer and found none. Install Temurin 25 (temurin-25-jdk) or OpenJDK 25 (openjdk-25-jdk-headless), or set JAVA_HOME." >&2
  return 1
}

package org.sekisho.checker.cli;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The language that somebody has set for the machine, as POSIX has it: the first of LC_ALL, LC_MESSAGES and LANG that says
 * anything. Asks the variables themselves, since Java takes English where the locale that they name is not installed.
 */
final class MachineLanguage {
    private MachineLanguage() {}

    static boolean isJapanese(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(environment::get)
                .filter(Objects::nonNull)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .filter(value -> value.equals("ja") || value.startsWith("ja_") || value.startsWith("ja."))
                .isPresent();
    }
}

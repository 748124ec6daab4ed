package org.sekisho.gateway.ingress;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an input is meant to be, which says how it is looked through and where it goes. */
public enum InputKind {
    /** Goes to {@code ~/inputs} as it is. */
    FILE,
    /** Unpacked where Python looks. */
    PYTHON_WHEEL,
    /** Unpacked where R looks. */
    R_PACKAGE,
    /** Unpacked as a root file system, of which workspaces and notebooks of the project can be made. */
    CONTAINER_IMAGE;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<InputKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}

package org.sekisho.gateway.ingress;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sekisho.gateway.access.Stage;

/** The life of an input: up to {@link #WAITING} without anybody, then by a steward's word. */
public enum InputState {
    UPLOADING(Stage.UPLOADING),
    SCANNING(Stage.SCANNING),
    /** For a steward. */
    WAITING(Stage.WAITING),
    /** By a steward; being put into its place. */
    ACCEPTED(Stage.DELIVERED),
    DELIVERED(Stage.DELIVERED),
    /** By the scan, by the checks of its structure, or by a steward. Its bytes are gone. */
    REFUSED(Stage.REFUSED),
    WITHDRAWN(Stage.WITHDRAWN),
    /** Begun and not continued. */
    ABANDONED(Stage.WITHDRAWN);

    private final Stage stage;

    InputState(Stage stage) {
        this.stage = stage;
    }

    /** Whether its bytes wait in the quarantine. */
    boolean hasBytes() {
        return this == UPLOADING || this == SCANNING || this == WAITING || this == ACCEPTED;
    }

    public Stage stage() {
        return stage;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<InputState> of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    static InputState parse(String stored) {
        return of(stored).orElseThrow(() -> new IllegalStateException("no such state of an input"));
    }
}

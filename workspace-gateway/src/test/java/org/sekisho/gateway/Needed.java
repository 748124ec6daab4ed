package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a test needs of the machine. Where nothing may be skipped its absence is a failure. */
public final class Needed {
    private Needed() {}

    /** @param what is needed, and what to do about it */
    public static void that(boolean there, String what) {
        var environment = System.getenv();
        if (!environment.containsKey("CI") && !environment.containsKey("SEKISHO_REQUIRE_SANDBOX")) {
            assumeTrue(there, what);
        }
        assertThat(there).as("needed: " + what).isTrue();
    }

    /** @param pack of Debian that has the program */
    public static void program(Path program, String pack) {
        that(Files.isExecutable(program), program + ": apt-get install " + pack);
    }
}

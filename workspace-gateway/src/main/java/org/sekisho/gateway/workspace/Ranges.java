package org.sekisho.gateway.workspace;

import java.util.HashSet;
import java.util.Set;

/**
 * Ranges of 65,536 user ids of this machine, 0x70000000 and up: above those that distributions and systemd hand out.
 * The lower three thousand belong to homes, each to one for good; the rest is lent and given back.
 */
public final class Ranges {
    static final int SIZE = 1 << 16;
    static final int HOMES = 3_000;
    private static final int FIRST = 0x7000_0000;
    private static final int ALL = 4_000;

    private final Set<Integer> lent = new HashSet<>();

    /** The range of a home, by its number from 0. */
    public static int ofHome(int number) {
        if (number < 0 || number >= HOMES) {
            throw new SandboxFailure("no user ids are left for homes");
        }
        return FIRST + number * SIZE;
    }

    /** A range that nothing else uses now; {@link #giveBack} it when its sandbox has ended. */
    public synchronized int lend() {
        for (int number = HOMES; number < ALL; number++) {
            if (lent.add(number)) {
                return FIRST + number * SIZE;
            }
        }
        throw new SandboxFailure("no user ids are left for sandboxes");
    }

    /** Marks a range as lent that a sandbox of an earlier gateway still uses. */
    public synchronized void keep(int range) {
        lent.add((range - FIRST) / SIZE);
    }

    public synchronized void giveBack(int range) {
        lent.remove((range - FIRST) / SIZE);
    }
}

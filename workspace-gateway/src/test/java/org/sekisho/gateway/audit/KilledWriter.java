package org.sekisho.gateway.audit;

import java.nio.file.Path;

/** Writes for ever and says each entry on its output once it was acknowledged, until somebody kills it. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] arguments) {
        var log = Samples.open(Path.of(arguments[0]));
        for (int thread = 0; thread < 4; thread++) {
            int offset = 1_000_000 * thread;
            Thread.ofPlatform().start(() -> {
                for (int i = offset; ; i++) {
                    var entry = i % 2 == 0 ? log.record(Samples.act(i), Result.DONE) : log.intent(Samples.act(i));
                    synchronized (System.out) {
                        System.out.println(entry.index() + " " + entry.object());
                    }
                }
            });
        }
    }
}

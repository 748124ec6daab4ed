package org.sekisho.gateway.audit;

import java.nio.file.Path;

/** Writes until it is refused, tries three times more, and says what was acknowledged. */
final class InjectedWriter {
    static final int ENDED_WELL = 7;

    private InjectedWriter() {}

    public static void main(String[] arguments) {
        try (var log = Samples.open(Path.of(arguments[0]))) {
            try {
                for (int i = 0; i < 400; i++) {
                    System.out.println(log.record(Samples.act(1), Result.DONE).index());
                }
            } catch (LogUnavailable refused) {
                System.exit(refusesFromNowOn(log) ? ENDED_WELL : 1);
            }
        } catch (LogUnavailable notOpened) {
            System.exit(ENDED_WELL);
        }
    }

    private static boolean refusesFromNowOn(AuditLog log) {
        for (int i = 0; i < 3; i++) {
            try {
                System.out.println(log.intent(Samples.act(1)).index());
                return false;
            } catch (LogUnavailable asItShould) {
                // and again
            }
        }
        return !log.available();
    }
}

package org.sekisho.gateway.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;

/** The first start in a restored home. */
public final class Arrival {
    private Arrival() {}

    /**
     * Says in the log which backup this home comes from.
     *
     * @param sessions ends every session: those that ended after the backup must not come to life again
     */
    public static void announce(Path home, AuditLog log, Runnable sessions) {
        var mark = home.resolve(Restore.MARK);
        if (Files.notExists(mark)) {
            return;
        }
        try {
            sessions.run();
            var backup = Files.readString(mark).strip();
            log.record(Act.of(Act.GATEWAY, "gateway.restore").on(backup), Result.DONE);
            Files.delete(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("the mark of a restored home cannot be read or removed", e);
        }
    }
}

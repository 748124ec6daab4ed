package org.sekisho.gateway.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of every act. An entry that was returned is on the disk. Where one cannot be written, {@link LogUnavailable}
 * is thrown and the act must not happen; after the first failure no later call succeeds.
 */
public interface AuditLog extends AutoCloseable {
    /** Announces an act; call its {@link #outcome} when it has ended. */
    Entry intent(Act act);

    /** Says how an announced act ended. Each intent takes one outcome. */
    Entry outcome(Entry intent, Result result, Map<String, String> detail);

    /** An act with no effect to guard, such as a refusal or a look: one entry of phase OUTCOME without an intent. */
    Entry record(Act act, Result result);

    /** The newest signed checkpoint. It may be a second behind the newest entry. */
    Checkpoint checkpoint();

    /** Empty when there is no such entry. Signs a new checkpoint first when the newest does not cover the entry. */
    Optional<Proof> proof(long index);

    /**
     * RFC 6962 consistency proof between two sizes, hexadecimal hashes.
     *
     * @throws IllegalArgumentException unless 0 &lt; from &lt;= to &lt;= the newest checkpoint's size
     */
    List<String> consistency(long from, long to);

    Optional<Entry> entry(long index);

    /**
     * Newest first.
     *
     * @param cursor from {@link Page#next}, or null to begin; unrecognised cursors throw IllegalArgumentException
     * @param limit 1 to 1,000; other values are moved into that range
     */
    Page search(Filter filter, @Nullable String cursor, int limit);

    /** What the last check of the files showed; does not wait. */
    Verification verification();

    /** Re-reads everything from the files now and waits for the answer. */
    Verification verify();

    /** Whether the log still takes entries. */
    boolean available();

    /** Signs a last checkpoint. */
    @Override
    void close();
}

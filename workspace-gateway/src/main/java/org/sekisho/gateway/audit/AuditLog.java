package org.sekisho.gateway.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.tlog.TlogProof;

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

    /**
     * A refused sign-in. Many in one minute share an entry, which is written when the minute is over, so that strangers
     * cannot fill the disk. Comes back before anything is written, so that the time it takes does not tell which names
     * have an account; whoever searches the log afterwards finds it, and a log that is closed has it.
     *
     * @param actor the name of an account, or {@link Act#STRANGER} for any other name
     * @param reason a word of ours
     */
    void refusedSignIn(String actor, String reason);

    /** Of its checkpoints' signatures: C2SP verifier keys, one a line. Whoever verifies keeps a copy. */
    String keys();

    /** The newest signed checkpoint. It may be some seconds behind the newest entry. */
    Checkpoint checkpoint();

    /** Empty when there is no such entry. Signs a new checkpoint first when the newest does not cover the entry. */
    Optional<Proof> proof(long index);

    /**
     * What {@code sekisho audit prove} writes: a proof for somebody without the log. Empty when there is no such entry;
     * signs a new checkpoint first when none covers it.
     *
     * @param named whether it says who stands behind the entry's references
     */
    Optional<TlogProof> prove(long index, boolean named);

    /**
     * RFC 6962 consistency proof between two sizes, hexadecimal hashes.
     *
     * @throws IllegalArgumentException unless 0 &lt; from &lt;= to &lt;= the newest checkpoint's size
     */
    List<String> consistency(long from, long to);

    /**
     * RFC 6962 tree head of the first so many entries, 64 hexadecimal digits. What it vouches for is for
     * {@link #consistency} to say.
     *
     * @throws IllegalArgumentException for more entries than there are
     */
    String root(long size);

    /** What C2SP tlog-tiles names so; empty when the newest checkpoint does not reach that far. */
    Optional<byte[]> tile(TilePath path);

    /** Empty when there is no such entry, or it was dropped after its time. */
    Optional<Entry> entry(long index);

    /**
     * Newest first.
     *
     * @param cursor from {@link Page#next}, or null to begin; unrecognised cursors throw IllegalArgumentException
     * @param limit 1 to 1,000; other values are moved into that range
     */
    Page search(Filter filter, @Nullable String cursor, int limit);

    /**
     * What a collector has not read yet, oldest first.
     *
     * @param from the first index to look at; go on with one more than the last that was handed back
     * @param limit 1 to 1,000; other values are moved into that range
     */
    List<Exported> export(Filter filter, long from, int limit);

    /**
     * Erases who stands behind the entries of a person: the entries stay, every hash and proof with them, and nobody
     * can say any more whose they are. For good.
     *
     * @throws IllegalArgumentException when no entry is of that person
     */
    void forget(String person);

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

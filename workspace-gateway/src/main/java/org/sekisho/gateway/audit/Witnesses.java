package org.sekisho.gateway.audit;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.LogPolicy.WitnessAddress;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.VerifierKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.BoundedHttp;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.ReadFile;

/**
 * Shows checkpoints to witnesses on other hosts and keeps what they sign beside them. Never in the way of an entry: a
 * witness that does not answer is noted. One that shows a checkpoint of this log, signed with this log's keys, that the
 * files here do not contain, has caught a rollback or a fork, and the log takes no more entries.
 */
final class Witnesses {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Bytes of an answer. */
    private static final int LONGEST = 200_000;

    private final Layout layout;
    private final VerifierKeys log;
    private final List<WitnessAddress> addresses;
    private final BoundedHttp http = new BoundedHttp(PATIENCE, LONGEST);
    private final Map<String, Long> known = new HashMap<>();
    private final Map<String, Witnessed> state = new LinkedHashMap<>();

    Witnesses(Layout layout, VerifierKeys log, List<WitnessAddress> addresses) {
        this.layout = layout;
        this.log = log;
        this.addresses = addresses;
        var kept = kept();
        addresses.forEach(witness -> state.put(witness.name(), before(witness, kept)));
    }

    private @Nullable Checkpoint kept() {
        try {
            return Files.exists(layout.witnessed())
                    ? Checkpoint.parse(ReadFile.text(ReadFile.regular(layout.witnessed())), log, 1)
                    : null;
        } catch (IOException | IllegalArgumentException unreadable) {
            return null; // it is asked for anew
        }
    }

    private static Witnessed before(WitnessAddress witness, @Nullable Checkpoint kept) {
        Instant at = null;
        for (var key : witness.keys()) {
            at = kept == null ? null : signed(kept, key).orElse(at);
        }
        return new Witnessed(witness.name(), at == null || kept == null ? 0 : kept.size(), at, "not asked yet");
    }

    private static Optional<Instant> signed(Checkpoint checkpoint, VerifierKey key) {
        try {
            return checkpoint.signed(key);
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
    }

    synchronized List<Witnessed> state() {
        return List.copyOf(state.values());
    }

    /**
     * Before a log is written on: is it the log that was witnessed?
     *
     * @throws LogUnavailable when a witness shows a later or another one, or a wrong index leaves it open
     */
    void confirm(Checkpoint last, MerkleTree tree) {
        for (var witness : addresses) {
            try {
                newest(witness).ifPresent(seen -> mustContain(witness, seen, last.size(), tree));
            } catch (IOException silent) {
                trouble(witness, "does not answer");
            }
        }
    }

    /**
     * Shows the checkpoint to each witness in turn. False when a wrong index was in the way.
     *
     * @throws LogUnavailable when one of them has caught this log in a rollback or a fork
     */
    boolean show(Checkpoint newest, MerkleTree tree) {
        boolean shown = true;
        var signatures = new StringBuilder();
        for (var witness : addresses) {
            try {
                signatures.append(show(witness, newest, tree));
            } catch (IOException silent) {
                trouble(witness, "does not answer");
            } catch (IndexWrong here) {
                shown = false;
                trouble(witness, "was not shown the log, for its index is wrong; it is asked again");
            } catch (IllegalArgumentException odd) {
                trouble(witness, "answers what is no cosignature of its own");
            }
        }
        if (!signatures.isEmpty()) {
            keep(newest.with(signatures.toString()));
        }
        return shown;
    }

    private String show(WitnessAddress witness, Checkpoint newest, MerkleTree tree) throws IOException {
        long old = known.getOrDefault(witness.name(), 0L);
        var answer = submit(witness, newest, Math.min(old, newest.size()), tree);
        if (answer.statusCode() == 409) {
            long size = Long.parseLong(answer.body().strip());
            if (size > newest.size()) {
                return accuse(witness, newest, tree);
            }
            known.put(witness.name(), size);
            answer = submit(witness, newest, size, tree);
        }
        return switch (answer.statusCode()) {
            case 200 -> accept(witness, newest, answer.body());
            case 409, 422 -> accuse(witness, newest, tree);
            default -> {
                trouble(witness, "answers " + answer.statusCode());
                yield "";
            }
        };
    }

    private HttpResponse<String> submit(WitnessAddress witness, Checkpoint newest, long old, MerkleTree tree)
            throws IOException {
        var body = new StringBuilder("old ").append(old).append('\n');
        if (old > 0 && old < newest.size()) {
            tree.consistency(old, newest.size())
                    .forEach(hash -> body.append(Base64.getEncoder().encodeToString(hash))
                            .append('\n'));
        }
        body.append('\n').append(newest.note());
        return http.send(HttpRequest.newBuilder(witness.url().resolve("add-checkpoint"))
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** The lines of this witness that verify; there must be one for each of its keys. */
    private String accept(WitnessAddress witness, Checkpoint newest, String lines) {
        if (!lines.endsWith("\n")) {
            throw new IllegalArgumentException("not signature lines");
        }
        var cosigned = Checkpoint.unverified(newest.with(lines).note()).only(witness.keys());
        Instant at = null;
        for (var key : witness.keys()) {
            at = cosigned.signed(key).orElseThrow(() -> new IllegalArgumentException("a cosignature is missing"));
        }
        known.put(witness.name(), newest.size());
        remember(new Witnessed(witness.name(), newest.size(), at, null));
        return cosigned.note().substring(cosigned.text().length() + 1);
    }

    /** A witness may err or lie; what it shows with the signature of this log it cannot have invented. */
    private String accuse(WitnessAddress witness, Checkpoint newest, MerkleTree tree) throws IOException {
        newest(witness).ifPresent(seen -> mustContain(witness, seen, newest.size(), tree));
        trouble(witness, "says that this log does not continue what it saw, and cannot show it");
        return "";
    }

    private Optional<Checkpoint> newest(WitnessAddress witness) throws IOException {
        var hash = Hashes.hex(Hashes.sha256().digest(log.origin().getBytes(StandardCharsets.UTF_8)));
        var answer = http.send(HttpRequest.newBuilder(witness.url().resolve(hash + "/checkpoint"))
                .build());
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        try {
            return Optional.of(Checkpoint.parse(answer.body(), log, 1));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static void mustContain(WitnessAddress witness, Checkpoint seen, long size, MerkleTree tree) {
        if (seen.size() > size) {
            throw new LogUnavailable("the log was rolled back: witness " + witness.name() + " saw " + seen.size()
                    + " entries, and here are " + size);
        }
        if (!Hashes.hex(tree.root(seen.size())).equals(seen.root())) {
            throw new LogUnavailable("the log is a fork: witness " + witness.name()
                    + " saw another one, signed with the same keys, of " + seen.size() + " entries");
        }
    }

    private void keep(Checkpoint cosigned) {
        try {
            PrivateFiles.replace(layout.witnessed(), cosigned.note().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            addresses.forEach(witness -> trouble(witness, "cosigned, and that could not be kept"));
        }
    }

    private void trouble(WitnessAddress witness, String words) {
        var before = Objects.requireNonNull(state.get(witness.name()));
        remember(new Witnessed(witness.name(), before.size(), before.at(), words));
    }

    private synchronized void remember(Witnessed now) {
        state.put(now.name(), now);
    }

    void close() {
        http.close();
    }
}

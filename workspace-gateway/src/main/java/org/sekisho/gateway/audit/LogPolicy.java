package org.sekisho.gateway.audit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.VerifierKey;

/**
 * What an operator decides about a log.
 *
 * @param keep how long entries are kept before their hashes alone are; null for ever
 * @param witnesses who is shown each checkpoint
 * @param witnessEvery how often
 */
public record LogPolicy(@Nullable Duration keep, List<WitnessAddress> witnesses, Duration witnessEvery) {
    public static final LogPolicy USUAL = new LogPolicy(null, List.of(), Duration.ofMinutes(1));

    public LogPolicy {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * Where a witness listens, and the keys by which its cosignatures are known, all of one name.
     *
     * @param url the submission and monitoring prefix of C2SP tlog-witness
     */
    public record WitnessAddress(URI url, List<VerifierKey> keys) {
        public WitnessAddress {
            keys = List.copyOf(keys);
            url = url.toString().endsWith("/") ? url : URI.create(url + "/");
            if (keys.isEmpty()
                    || keys.stream().map(VerifierKey::name).distinct().count() != 1) {
                throw new IllegalArgumentException("a witness has keys of one name");
            }
        }

        public String name() {
            return keys.getFirst().name();
        }
    }
}

package org.sekisho.gateway.http;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Certificate.Unusable;
import org.sekisho.gateway.http.Certificate.Usable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the certificate's files again and again, by what is in them: they may be links that are turned, or replaced
 * one after the other. What cannot be used, or has expired, leaves the old one in force, and is said once; so is what is
 * not valid yet, which is served when it is.
 */
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final Binding.Tls files;
    private final Vertx vertx;
    private final AuditLog log;
    private final Clock clock;
    /** The last that was dealt with, in the log too: what the log did not take is looked at again. */
    private String seen = "";

    /** The last that was not valid yet. */
    private String early = "";

    private String failure = "";

    CertificateWatch(Binding.Tls files, Vertx vertx, AuditLog log, Clock clock) {
        this.files = files;
        this.vertx = vertx;
        this.log = log;
        this.clock = clock;
    }

    /** @throws IllegalArgumentException that says what is wrong with the files */
    Usable first() {
        var found = Certificate.read(files, vertx);
        seen = found.fingerprint();
        return switch (found) {
            case Unusable(var ignored, var why) -> throw new IllegalArgumentException(why.words());
            case Usable usable -> {
                if (isExpired(usable)) {
                    LOG.warn("the certificate of this gateway expired on {}", usable.until());
                } else if (isEarly(usable)) {
                    LOG.warn("the certificate of this gateway is not valid before {}", usable.from());
                }
                yield usable;
            }
        };
    }

    /**
     * Has something else than at the last call served from now on, if it can be.
     *
     * @param serving throws when it cannot be served after all
     * @return whether it was
     * @throws org.sekisho.gateway.audit.LogUnavailable when nobody can be told; the next call tries again
     */
    synchronized boolean look(Consumer<Usable> serving) {
        var found = Certificate.read(files, vertx);
        if (found.fingerprint().equals(seen)) {
            return false;
        }
        if (found instanceof Usable usable && isEarly(usable)) {
            return awaited(usable);
        }
        boolean served = switch (found) {
            case Unusable(var ignored, var why) -> kept(why.words());
            case Usable usable when isExpired(usable) -> kept("the new certificate expired on " + usable.until());
            case Usable usable -> serve(usable, serving);
        };
        seen = found.fingerprint();
        return served;
    }

    private boolean awaited(Usable usable) {
        if (!usable.fingerprint().equals(early)) {
            kept("the new certificate is not valid before " + usable.from());
            early = usable.fingerprint();
        }
        return false;
    }

    /** What kept a look from its end, said once for as long as it is the same. */
    synchronized void failed(Throwable why) {
        if (!why.toString().equals(failure)) {
            failure = why.toString();
            LOG.error("the certificate could not be looked at; it is tried again", why);
        }
    }

    private boolean serve(Usable usable, Consumer<Usable> serving) {
        var intent = log.intent(Act.of(Act.GATEWAY, "gateway.certificate")
                .on(usable.sha256())
                .with("until", usable.until().toString()));
        try {
            serving.accept(usable);
        } catch (RuntimeException refused) {
            LOG.error("a new certificate cannot be served", refused);
            log.outcome(intent, Result.FAILED, Map.of());
            return false;
        }
        log.outcome(intent, Result.DONE, Map.of());
        LOG.info("a new certificate is served, valid until {}", usable.until());
        return true;
    }

    private boolean kept(String why) {
        log.record(Act.of(Act.GATEWAY, "gateway.certificate").with("reason", why), Result.FAILED);
        LOG.error("the old certificate stays in force: {}", why);
        return false;
    }

    private boolean isEarly(Usable usable) {
        return usable.from().isAfter(clock.instant());
    }

    private boolean isExpired(Usable usable) {
        return usable.until().isBefore(clock.instant());
    }
}

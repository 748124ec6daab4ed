package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.Proofs;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/** What can be verified of a log through a gateway, without its files. */
final class RemoteLog {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Bytes of an answer: a checkpoint with many cosignatures, or a proof. */
    private static final int LONGEST = 200_000;

    private final String base;
    private final VerifierKeys keys;
    private final PrintStream out;
    private final PrintStream err;
    private final BoundedHttp http = new BoundedHttp(PATIENCE, LONGEST);

    RemoteLog(String base, VerifierKeys keys, PrintStream out, PrintStream err) {
        this.base = base.replaceAll("/+$", "");
        this.keys = keys;
        this.out = out;
        this.err = err;
    }

    int verify(@Nullable Checkpoint known) throws IOException {
        var answer = read("/api/audit/checkpoint");
        if (answer.statusCode() != 200) {
            throw new IOException("the gateway answers " + answer.statusCode() + " for its checkpoint");
        }
        Checkpoint newest;
        try {
            newest = Checkpoint.parse(answer.body(), keys);
        } catch (IllegalArgumentException bad) {
            out.println(0);
            err.println("The newest checkpoint does not hold: " + bad.getMessage() + ".");
            return 1;
        }
        int wrong = known == null || known.size() == 0 ? 0 : consistent(known, newest);
        if (wrong == 0) {
            out.println(newest.size());
            err.println("Verified: the newest checkpoint, of size " + newest.size() + ", is signed by " + keys.origin()
                    + ".");
            err.println("Not verified: the entries themselves. That takes the log's folder.");
        }
        return wrong;
    }

    private int consistent(Checkpoint known, Checkpoint newest) throws IOException {
        if (known.size() > newest.size()) {
            out.println(newest.size());
            err.println("The log was rolled back: it was signed up to " + known.size() + " and ends at " + newest.size()
                    + ".");
            return 1;
        }
        var answer = read("/api/audit/consistency?from=" + known.size() + "&to=" + newest.size());
        if (answer.statusCode() != 200) {
            err.println("Not verified: that the log still begins with the kept checkpoint; the gateway answers "
                    + answer.statusCode() + " for the proof.");
            return known.size() == newest.size() && known.root().equals(newest.root()) ? 0 : 2;
        }
        if (!Proofs.consistent(
                known.size(),
                Hashes.bytes(known.root()),
                newest.size(),
                Hashes.bytes(newest.root()),
                proof(answer.body()))) {
            out.println(0);
            err.println("The log does not begin with the kept checkpoint of size " + known.size()
                    + ": one of the entries 0 to " + (known.size() - 1) + " is not what was signed; "
                    + LogVerifier.ANOTHER + ".");
            return 1;
        }
        err.println("Verified: the log still begins with the kept checkpoint of size " + known.size() + ".");
        return 0;
    }

    private static List<byte[]> proof(String body) {
        var hashes = new ArrayList<byte[]>();
        if (Json.object(body).get("path") instanceof List<?> path) {
            path.forEach(hash -> hashes.add(Hashes.bytes(String.valueOf(hash))));
        }
        return hashes;
    }

    private HttpResponse<String> read(String path) throws IOException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(base + path)).build());
        } catch (ConnectException nobody) {
            throw new IOException(
                    base + ": nobody answers there; is the gateway running, and is that its address?", nobody);
        } catch (SSLHandshakeException distrusted) {
            throw distrusted; // TLS is spoken, and the certificate is what is wrong
        } catch (SSLException plain) {
            throw new IOException(base + ": it does not speak TLS; is it http://, or another port?", plain);
        }
    }
}

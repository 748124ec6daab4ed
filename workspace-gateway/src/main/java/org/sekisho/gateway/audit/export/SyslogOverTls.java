package org.sekisho.gateway.audit.export;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a collector by RFC 5425: TLS 1.2 or 1.3, the collector known by its name and its authority, each
 * message behind its length in octets. Nothing tells the sender what arrived; after a connection that broke, whoever
 * must lose nothing sends the newest messages again.
 */
public final class SyslogOverTls implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LOOK_MILLIS = 1;

    /** Bytes that our kernel takes before the collector's has them; left alone it takes megabytes. */
    private static final int ON_THE_WAY = 256 << 10;

    private final SSLSocket socket;

    private SyslogOverTls(SSLSocket socket) {
        this.socket = socket;
    }

    /** @throws IOException also when the collector is not who it should be; nothing was sent then */
    public static SyslogOverTls connect(String host, int port, SSLContext trust) throws IOException {
        var socket = (SSLSocket) trust.getSocketFactory().createSocket();
        try {
            var how = socket.getSSLParameters();
            how.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            how.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(how);
            socket.setKeepAlive(true);
            socket.setSendBufferSize(ON_THE_WAY);
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            socket.setSoTimeout(LOOK_MILLIS);
            return new SyslogOverTls(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * @param authorities PEM certificates of whom may speak for a collector; null for those that Java trusts
     * @throws IllegalArgumentException when the file has none
     */
    public static SSLContext trusting(@Nullable Path authorities) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities == null ? null : store(authorities));
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException odd) {
            throw new IllegalArgumentException(authorities + " has no certificates in PEM", odd);
        }
    }

    private static KeyStore store(Path authorities) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(authorities)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new IllegalArgumentException(authorities + " has no certificates in PEM");
        }
        return store;
    }

    /** @param messages RFC 5424, without a newline behind */
    public void send(List<String> messages) throws IOException {
        check();
        var frames = new ByteArrayOutputStream();
        for (var message : messages) {
            var bytes = message.getBytes(StandardCharsets.UTF_8);
            frames.writeBytes((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(bytes);
        }
        socket.getOutputStream().write(frames.toByteArray());
    }

    /** @throws IOException when the collector has gone; it never says anything else */
    public void check() throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new EOFException("it has closed the connection");
            }
        } catch (SocketTimeoutException itIsThere) {
            // a collector is silent
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

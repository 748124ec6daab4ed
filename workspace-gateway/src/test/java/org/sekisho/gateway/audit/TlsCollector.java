package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Listens as RFC 5425 says: TLS, and messages behind their length in octets. */
final class TlsCollector implements AutoCloseable {
    private static final String WORD = "not-secret";

    /** Which makes it the end that is called. */
    private static final @Nullable InputStream NOTHING_READ = null;

    private final ServerSocket server;
    private final SSLSocketFactory sockets;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile String protocol = "";
    private volatile @Nullable SSLSocket newest;

    /** A key of its own, with a certificate that names the one who has it: NAME.p12 and NAME.pem. */
    static void certify(Path folder, String name, String alternatives) throws Exception {
        var store = folder.resolve(name + ".p12").toString();
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + alternatives,
                "-keystore",
                store);
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                store,
                "-file",
                folder.resolve(name + ".pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", WORD, "-alias", "collector"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
    }

    TlsCollector(Path folder, String name, int port) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, WORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, WORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        sockets = context.getSocketFactory();
        server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> received() {
        return received;
    }

    /** Of the newest connection. */
    String protocol() {
        return protocol;
    }

    /** One octet to whoever came last, once they have come. */
    void say(int octet) throws IOException, InterruptedException {
        var socket = newest;
        for (; socket == null; socket = newest) {
            Thread.sleep(10);
        }
        socket.getOutputStream().write(octet);
    }

    private void accept() {
        while (!server.isClosed()) {
            try (var plain = server.accept()) {
                open.add(plain);
                var socket = (SSLSocket) sockets.createSocket(plain, NOTHING_READ, false);
                socket.startHandshake();
                protocol = socket.getSession().getProtocol();
                newest = socket;
                read(socket.getInputStream());
            } catch (IOException gone) {
                // the next one may do better
            }
        }
    }

    private void read(InputStream in) throws IOException {
        int length = 0;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet != ' ') {
                assertThat(octet).isBetween((int) '0', (int) '9');
                length = 10 * length + octet - '0';
            } else {
                received.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                length = 0;
            }
        }
    }

    /** Hangs up without a word: a farewell of TLS would wait for one of the other end. */
    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }

    /** Ends every connection so far; the next is taken. */
    void hangUp() throws IOException {
        for (var plain : open) {
            plain.close();
        }
    }
}

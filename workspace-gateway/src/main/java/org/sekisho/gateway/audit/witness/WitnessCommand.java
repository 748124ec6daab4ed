package org.sekisho.gateway.audit.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/**
 * {@code sekisho witness --state DIR --log KEY...}: watches logs from another host. Prints its verifier keys, which go
 * into the configuration of the gateway, and where it listens.
 */
public final class WitnessCommand {
    private static final String USAGE = """
            usage: sekisho witness --state DIR --log KEY... [--name NAME] [--listen HOST:PORT]
              --state DIR        where its keys and what it saw are kept; never restore an old copy of it
              --log KEY          verifier keys of a log, or a file with them, one a line (the log's key.pub)
              --name NAME        in its signatures, when its keys are made (default witness/ and six random bytes)
              --listen HOST:PORT default 127.0.0.1:7380; what is said there is signed and no secret
            """;

    private @Nullable Path state;
    private final List<VerifierKeys> logs = new ArrayList<>();
    private @Nullable String name;
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7380);

    private WitnessCommand(List<String> arguments) throws IOException {
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + " needs a value");
            }
            take(arguments.get(i), arguments.get(i + 1));
        }
    }

    private void take(String option, String value) throws IOException {
        switch (option) {
            case "--state" -> state = Path.of(value);
            case "--log" ->
                logs.add(VerifierKeys.parse(
                        Files.isRegularFile(Path.of(value)) ? Files.readString(Path.of(value)) : value));
            case "--name" -> name = value;
            case "--listen" -> address = address(value);
            default -> throw new IllegalArgumentException("there is no option " + option);
        }
    }

    @SuppressWarnings("AddressSelection") // one address is listened on
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("--listen takes HOST:PORT");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    public static void main(String[] arguments) {
        try {
            new WitnessCommand(List.of(arguments)).run();
        } catch (IllegalArgumentException | IllegalStateException asked) {
            System.err.println("witness: " + asked.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        } catch (IOException | UncheckedIOException unreadable) {
            System.err.println("witness: " + unreadable.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException {
        if (state == null || logs.isEmpty()) {
            throw new IllegalArgumentException("--state and --log are needed");
        }
        PrivateFiles.makeFolder(state);
        lock(state.resolve("lock"));
        var keys = keys(state.resolve("witness.key"), name);
        var server = new WitnessServer(new Witness(state, keys, logs, Clock.systemUTC()), address);
        keys.forEach(key -> System.out.println(key.verifier().text()));
        System.out.println("Witness listens on http://" + address.getHostString() + ":" + server.port());
    }

    /** Held until the process ends: two witnesses of one state would sign one another's forks. */
    @SuppressWarnings("resource")
    private static void lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            throw new IllegalStateException("another witness works in this folder");
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            try {
                channel.close();
            } catch (IOException ending) {
                // the process ends anyway
            }
        }));
    }

    private static List<SigningKey> keys(Path file, @Nullable String name) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip().lines().map(SigningKey::parse).toList();
        }
        var as = name == null ? "witness/" + HexFormat.of().formatHex(random()) : name;
        var keys = List.of(
                SigningKey.create(as, SignatureType.ED25519_COSIGNATURE),
                SigningKey.create(as, SignatureType.ML_DSA_44));
        var text = new StringBuilder();
        keys.forEach(key -> text.append(key.text()).append('\n'));
        PrivateFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        return keys;
    }

    private static byte[] random() {
        var random = new byte[6];
        new SecureRandom().nextBytes(random);
        return random;
    }
}

package org.sekisho.gateway;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code sekisho up}: serves until it is told to stop. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        var words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            System.out.println(Settings.USAGE);
            return;
        }
        Settings settings;
        Gateway gateway;
        try {
            settings = Settings.parse(words);
            gateway = Gateway.start(settings);
        } catch (IllegalArgumentException wrong) {
            System.err.println("sekisho: " + wrong.getMessage());
            System.exit(2);
            return;
        } catch (RuntimeException failed) {
            LOG.error("the gateway does not start", failed);
            System.err.println("sekisho: the gateway does not start: " + failed.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(gateway::close));
        announce(settings, gateway);
        new CountDownLatch(1).await();
    }

    private static void announce(Settings settings, Gateway gateway) {
        var scheme = settings.binding().tls() == null ? "http" : "https";
        System.out.printf(
                "Sekisho serves on %s://%s:%d%n", scheme, settings.binding().host(), gateway.port());
        System.out.printf("  operation  http://127.0.0.1:%d (/healthz /readyz /metrics)%n", gateway.opsPort());
        System.out.printf("  engine     %s%n", gateway.sandbox().words().en());
        System.out.printf("  state      %s%n", settings.home());
        System.out.printf(
                "  at rest    %s%n",
                settings.rest() == null
                        ? "projects lie on the disk in the clear (rest in --config encrypts them)"
                        : "each project under a key of its own");
        if (settings.demo()) {
            System.out.printf("  accounts   %s%n", String.join(", ", Demo.ACCOUNTS));
            System.out.printf("  password   %s (demo data; loopback only)%n", Demo.PASSWORD);
        }
        if (Files.isDirectory(settings.home().resolve("first"))) {
            System.out.printf(
                    "  first      the codes of the first two people are in %s: hand each to one person, who opens"
                            + " /invitation here; then delete the folder%n",
                    settings.home().resolve("first"));
        }
        System.out.println("Ctrl-C stops it.");
        System.out.flush();
    }
}

package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway that is killed takes its workers with it. */
class GatewayDeathIT {

    /** A gateway of its own, which runs a statement for minutes. */
    static final class Gateway {
        private Gateway() {}

        public static void main(String[] arguments) throws Exception {
            var house = new House(Path.of(arguments[0]));
            var engine = new Engine(house.settings(SandboxChoice.valueOf(arguments[1])));
            var provision = house.small("a");
            engine.run(provision, "select 1", house.outputs("one"), new Cancellation(), p -> {});
            System.out.println("working");
            engine.run(
                    provision,
                    "select count(*) from range(10000000) a(i), range(10000000) b(j) where (i * j) % 7 = 3",
                    house.outputs("two"),
                    new Cancellation(),
                    p -> {});
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxChoice.class,
            names = {"PREFERRED", "NONE"})
    void leavesNoWorkerBehind(SandboxChoice sandbox) throws Exception {
        try (var house = new House()) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var gateway = new ProcessBuilder(
                            java,
                            "--add-opens=java.base/java.nio=ALL-UNNAMED",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Gateway.class.getName(),
                            house.home.toString(),
                            sandbox.name())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var output = gateway.inputReader(StandardCharsets.UTF_8);
            assertThat(output.readLine()).isEqualTo("working");
            Thread.sleep(500);
            var started = gateway.toHandle().descendants().toList();
            var workers = started.stream()
                    .filter(process -> !writesClassCache(process))
                    .toList();
            assertThat(workers).isNotEmpty();
            gateway.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertThat(endWithin(Duration.ofSeconds(10), workers)).isTrue();
            // The JVM that writes the class cache has nothing to read its parent's end from; it ends when it is done.
            assertThat(endWithin(Duration.ofSeconds(60), started)).isTrue();
        }
    }

    private static boolean writesClassCache(ProcessHandle process) {
        return process.info()
                        .commandLine()
                        .filter(line -> line.contains("-XX:AOT"))
                        .isPresent()
                && process.info()
                        .commandLine()
                        .filter(line -> line.contains("-XX:AOTCache="))
                        .isEmpty();
    }

    private static boolean endWithin(Duration time, List<ProcessHandle> processes) throws InterruptedException {
        var end = System.nanoTime() + time.toNanos();
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}

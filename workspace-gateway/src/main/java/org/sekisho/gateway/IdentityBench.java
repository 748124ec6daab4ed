package org.sekisho.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.sekisho.engine.sandbox.Modes;

/**
 * {@code sekisho bench identity}: a gateway in a process of its own, with the memory that {@code sekisho up} gives it,
 * and what it does when very many come at once, or come to do harm. The peer of each figure is the same call on the
 * quiet gateway, in the same run.
 */
final class IdentityBench {
    private static final int SIGN_INS = 64;
    private static final int SLOW = 500;
    private static final long UPLOAD = 10L << 30;
    private static final Pattern SERVES = Pattern.compile("Sekisho serves on http://127\\.0\\.0\\.1:(\\d+)");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process gateway;
    private final int port;
    private final PrintStream out;

    private IdentityBench(Process gateway, int port, PrintStream out) {
        this.gateway = gateway;
        this.port = port;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        var home = Files.createTempDirectory(Path.of("").toAbsolutePath(), "identity-bench-");
        var gateway = start(home);
        try (var said = new BufferedReader(new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8))) {
            new IdentityBench(gateway, port(said), System.out).run();
        } finally {
            gateway.destroy();
            gateway.waitFor();
            Modes.delete(home);
        }
    }

    private static Process start(Path home) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("--home", home.toString(), "--port", "0", "--ops-port", "0"));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(BufferedReader said) throws IOException {
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            var found = SERVES.matcher(line);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
        }
        throw new IllegalStateException("the gateway does not start");
    }

    private void run() throws Exception {
        signIn();
        status(200, new AtomicBoolean(true));
        var quiet = status(2_000, new AtomicBoolean(true));
        rush(percentile(quiet, 99));
        siege(percentile(quiet, 50));
        print("memory at its most", memory("VmHWM"), "MiB", 1_024);
    }

    /** All at once; each with a password that has to be hashed. */
    private void rush(double quiet) throws Exception {
        double before = memory("VmRSS");
        var go = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var meanwhile = threads.submit(() -> status(Integer.MAX_VALUE, go));
            var signIns = new ArrayList<Callable<Double>>();
            for (int i = 0; i < SIGN_INS; i++) {
                signIns.add(this::signIn);
            }
            double slowest = 0;
            for (var answer : threads.invokeAll(signIns)) {
                slowest = Math.max(slowest, answer.get());
            }
            go.set(false);
            print("slowest of 64 sign-ins at once", slowest / 1_000, "s", 10);
            print("memory more than before", memory("VmHWM") - before, "MiB", 1_024);
            print("status call p99 beside 64 sign-ins", percentile(meanwhile.get(), 99), "ms", quiet);
        }
    }

    private double signIn() throws IOException, InterruptedException {
        long start = System.nanoTime();
        var answer = CLIENT.send(
                request("/api/session")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"user\":\"analyst\",\"password\":\"" + Demo.PASSWORD + "\"}"))
                        .build(),
                BodyHandlers.discarding());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("a sign-in was answered with " + answer.statusCode());
        }
        return millis(start);
    }

    /** Connections that send a letter now and then, and one that sends without end. */
    private void siege(double quiet) throws IOException, InterruptedException, ExecutionException {
        var slow = new ConcurrentLinkedQueue<Socket>();
        var go = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SLOW; i++) {
                threads.execute(() -> trickle(slow, go));
            }
            var sent = threads.submit(() -> upload(go));
            while (slow.size() < SLOW) {
                Thread.sleep(20);
            }
            var meanwhile = status(2_000, go);
            print("status call p50 under siege", percentile(meanwhile, 50), "ms", quiet);
            print("status call p99 under siege", percentile(meanwhile, 99), "ms", 250);
            go.set(false);
            print("taken of an upload of 10 GiB", sent.get() / (1 << 20), "MiB", UPLOAD >> 20);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    /** A request that never gets whole; begun anew whenever the gateway has lost its patience. */
    private void trickle(ConcurrentLinkedQueue<Socket> slow, AtomicBoolean go) {
        boolean counted = false;
        while (go.get()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (!counted) {
                    slow.add(socket);
                    counted = true;
                }
                write(socket, "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX-Slow: ");
                while (go.get()) {
                    write(socket, "a");
                    Thread.sleep(500);
                }
            } catch (IOException closed) {
                // begun anew
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** @return how many bytes went before the gateway closed; it is tried again and again */
    private double upload(AtomicBoolean go) throws IOException {
        double most = 0;
        while (go.get()) {
            double sent = 0;
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                write(
                        socket,
                        "PATCH /api/inputs/i-none HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Length: " + UPLOAD
                                + "\r\nUpload-Offset: 0\r\n\r\n");
                var piece = new byte[256 << 10];
                while (go.get() && sent < UPLOAD) {
                    socket.getOutputStream().write(piece);
                    sent += piece.length;
                }
            } catch (SocketException closed) {
                // as it should
            }
            most = Math.max(most, sent);
        }
        return most;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @return milliseconds of each call, until there are so many or it is over */
    private double[] status(int calls, AtomicBoolean go) throws IOException, InterruptedException {
        var taken = new ArrayList<Double>();
        while (taken.size() < calls && go.get()) {
            long start = System.nanoTime();
            var answer = CLIENT.send(request("/api/public/instance").GET().build(), BodyHandlers.discarding());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("a status call was answered with " + answer.statusCode());
            }
            taken.add(millis(start));
        }
        return taken.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(1));
    }

    private static double percentile(double[] values, int percent) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** MiB, as the kernel counts them. */
    private double memory(String line) throws IOException {
        for (var each : Files.readAllLines(Path.of("/proc", Long.toString(gateway.pid()), "status"))) {
            if (each.startsWith(line + ":")) {
                return Long.parseLong(each.replaceAll("\\D", "")) / 1_024.0;
            }
        }
        throw new IllegalStateException("no " + line);
    }

    private void print(String figure, double value, String unit, double limit) {
        out.printf(
                Locale.ROOT,
                "{\"figure\":\"%s\",\"value\":%.2f,\"unit\":\"%s\",\"limit\":%.2f,\"ratio\":%.2f}%n",
                figure,
                value,
                unit,
                limit,
                value / limit);
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}

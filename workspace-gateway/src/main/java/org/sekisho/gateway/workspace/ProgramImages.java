package org.sekisho.gateway.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;

/**
 * Images by the program {@code images/image}: {@code path NAME} answers what is built, {@code build NAME} builds and says,
 * one JSON object a line, how far it is.
 */
public final class ProgramImages implements Images, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final AuditLog log;
    private final Map<String, Path> built = new ConcurrentHashMap<>();
    private final Map<String, Build> builds = new ConcurrentHashMap<>();

    /** @param folder with the program and a folder for each definition */
    public ProgramImages(Path folder, AuditLog log) {
        this.folder = folder.toAbsolutePath().normalize();
        this.log = log;
        Thread.ofVirtual().name("images").start(() -> names().forEach(this::root));
    }

    /** One run of the program. */
    private static final class Build implements Building {
        private final String name;
        private final CompletableFuture<Path> root = new CompletableFuture<>();
        private volatile ImageState state;
        private volatile @Nullable Process process;

        Build(String name) {
            this.name = name;
            var words = new Text("イメージを準備しています", "The image is prepared");
            state = new ImageState(name, ImageState.Phase.BUILDING, new Progress(words, 0), null, null);
        }

        @Override
        public ImageState state() {
            return state;
        }

        @Override
        public CompletionStage<Path> root() {
            return root;
        }

        void says(JsonNode line) {
            var words = line.path("words");
            var text = new Text(words.path("ja").asText(), words.path("en").asText());
            var progress = new Progress(text, line.path("percent").asInt());
            state = new ImageState(name, ImageState.Phase.BUILDING, progress, null, null);
        }

        void fails(Text why) {
            state = new ImageState(name, ImageState.Phase.FAILED, null, why, null);
            root.completeExceptionally(new ImageUnavailable(why));
        }
    }

    @Override
    public Optional<Path> root(String name) {
        var known = built.get(name);
        if (known != null && Files.isDirectory(known)) {
            return Optional.of(known);
        }
        if (!names().contains(name)) {
            return Optional.empty();
        }
        try {
            var process = program("path", name)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                return Optional.empty();
            }
            built.put(name, Path.of(answer));
            return Optional.of(Path.of(answer));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public Building build(String name) {
        return builds.compute(name, (key, running) -> {
            if (running != null && running.state.phase() == ImageState.Phase.BUILDING) {
                return running;
            }
            var build = new Build(name);
            Thread.ofVirtual().name("image " + name).start(() -> run(build));
            return build;
        });
    }

    @Override
    public List<ImageState> all() {
        return names().stream().map(this::state).toList();
    }

    /** By what lies beside the roots that are built. */
    @Override
    public Optional<String> named(String hash) {
        return built.values().stream()
                .map(root -> root.resolveSibling("..").normalize())
                .distinct()
                .flatMap(ProgramImages::kept)
                .filter(image -> image.path("hash").asText().equals(hash)
                        && !image.path("lock").asText().equals("unlocked"))
                .map(image -> image.path("name").asText())
                .findFirst();
    }

    private static Stream<JsonNode> kept(Path cache) {
        try (var all = Files.list(cache)) {
            return all
                    .map(image -> image.resolve("image.json"))
                    .filter(Files::isRegularFile)
                    .map(ProgramImages::facts)
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static JsonNode facts(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    private ImageState state(String name) {
        var build = builds.get(name);
        var root = built.get(name);
        if (root != null && (build == null || build.state.phase() != ImageState.Phase.BUILDING)) {
            return new ImageState(name, ImageState.Phase.BUILT, null, null, hash(root));
        }
        return build != null ? build.state : new ImageState(name, ImageState.Phase.MISSING, null, null, null);
    }

    private static @Nullable String hash(Path root) {
        var hash = facts(root.resolveSibling("image.json")).path("hash");
        return hash.isMissingNode() ? null : hash.asText();
    }

    private void run(Build build) {
        var intent = log.intent(Act.of("sekisho", "image.build").on(build.name));
        try {
            var process = program("build", build.name).start();
            build.process = process;
            var complaint = new AtomicReference<>("");
            var listening =
                    Thread.ofVirtual().start(() -> process.errorReader().lines().forEach(complaint::set));
            var root = listen(build, process.inputReader());
            listening.join();
            if (process.waitFor() == 0 && root != null) {
                built.put(build.name, root);
                build.state = state(build.name);
                build.root.complete(root);
                builds.remove(build.name, build);
                log.outcome(
                        intent,
                        Result.DONE,
                        Map.of("hash", Optional.ofNullable(hash(root)).orElse("")));
                return;
            }
            build.fails(new Text(
                    "イメージを作れません（" + complaint.get() + "）。", "The image cannot be built (" + complaint.get() + ")."));
        } catch (IOException e) {
            build.fails(new Text("イメージを作るプログラムを実行できません。", "The program that builds images cannot be run."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            build.fails(new Text("イメージの作成が中断されました。", "The build was interrupted."));
        }
        log.outcome(intent, Result.FAILED, Map.of());
    }

    private static @Nullable Path listen(Build build, BufferedReader lines) throws IOException {
        Path root = null;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var said = JSON.readTree(line);
            if (said.has("done")) {
                root = Path.of(said.path("done").asText());
            } else {
                build.says(said);
            }
        }
        return root;
    }

    private ProcessBuilder program(String act, String name) {
        return new ProcessBuilder(folder.resolve("image").toString(), act, name);
    }

    private List<String> names() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> Files.isRegularFile(each.resolve("image.toml")))
                    .map(each -> String.valueOf(each.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Ends builds that are under way; what they had made is thrown away. */
    @Override
    public void close() {
        for (var build : builds.values()) {
            var process = build.process;
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        }
    }
}

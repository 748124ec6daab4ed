package org.sekisho.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.worker.EngineSettings;
import org.sekisho.engine.worker.Limits;
import org.sekisho.engine.worker.SandboxChoice;
import org.sekisho.gateway.audit.LogPolicy;
import org.sekisho.gateway.audit.LogPolicy.WitnessAddress;
import org.sekisho.gateway.audit.tlog.VerifierKey;
import org.sekisho.gateway.encryption.MasterKeySource;
import org.sekisho.gateway.http.Binding;
import org.sekisho.gateway.identity.IdentitySettings;
import org.sekisho.gateway.workspace.WorkspaceSettings;

/**
 * What a gateway is started with.
 *
 * @param opsPort loopback port for health and metrics
 * @param web folder of the built pages
 * @param images folder of the definitions of images; null to have no desktops
 * @param sandboxRuntime OCI runtime for desktops; null for the runc of this machine
 * @param alertRules changes to the rules of alerts; null for those that come with the gateway
 * @param log how long entries are kept, and who on other hosts sees the log
 * @param inputs how much may be brought in
 * @param identity how people sign in
 * @param rest where the master key of encryption at rest is; null to have projects on the disk in the clear
 * @param demo whether invented data, projects and accounts are made
 */
record Settings(
        Path home,
        Binding binding,
        int opsPort,
        @Nullable Path web,
        @Nullable Path images,
        boolean demo,
        EngineSettings engine,
        @Nullable Path sandboxRuntime,
        WorkspaceSettings workspaces,
        @Nullable Path alertRules,
        LogPolicy log,
        org.sekisho.gateway.ingress.Limits inputs,
        IdentitySettings identity,
        @Nullable MasterKeySource rest) {
    private static final long MOST_MEBIBYTES = 1 << 20;

    static final String USAGE = """
            --home DIR        state (default .sekisho)
            --port N          default 8080; 0 takes any free one
            --ops-port N      default one above the port
            --config FILE     YAML: host, port, ops-port, names, demo, tls, engine, sandbox-runtime, workspaces,
                      alerts, log, inputs, identity, rest
            --web DIR         built pages
            --images DIR      definitions of images
            --demo, --no-demo invented data and accounts (default on a loopback address)""";

    Settings {
        if (demo && !binding.isLoopback()) {
            throw new IllegalArgumentException("demo accounts exist on a loopback address only: add --no-demo");
        }
    }

    /** The file of {@code --config}; every member may be left out. */
    record ConfigFile(
            @Nullable String host,
            @Nullable Integer port,
            @JsonProperty("ops-port") @Nullable Integer opsPort,
            @Nullable List<String> names,
            @Nullable Boolean demo,
            @Nullable TlsFiles tls,
            @Nullable EngineLimits engine,
            @JsonProperty("sandbox-runtime") @Nullable String sandboxRuntime,
            @Nullable WorkspaceLimits workspaces,
            @Nullable AlertSettings alerts,
            @Nullable LogChoices log,
            @Nullable InputLimits inputs,
            @Nullable IdentityFile identity,
            @Nullable RestFile rest) {
        static final ConfigFile EMPTY =
                new ConfigFile(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    record TlsFiles(
            @Nullable String certificate,
            @Nullable String key,
            @JsonProperty("client-authorities") @Nullable String clientAuthorities) {}

    record EngineLimits(
            @JsonProperty("memory-mebibytes") @Nullable Long memory,
            @Nullable Integer threads,
            @Nullable Long seconds,
            @JsonProperty("result-rows") @Nullable Long resultRows,
            @JsonProperty("result-mebibytes") @Nullable Long resultMebibytes,
            @JsonProperty("idle-seconds") @Nullable Long idle,
            @Nullable String sandbox) {
        static final EngineLimits EMPTY = new EngineLimits(null, null, null, null, null, null, null);
    }

    record AlertSettings(@Nullable String rules) {}

    record WorkspaceLimits(
            @Nullable Boolean outlive,
            @JsonProperty("lock-minutes") @Nullable Long lockMinutes,
            @JsonProperty("end-minutes") @Nullable Long endMinutes,
            @Nullable Integer most) {
        static final WorkspaceLimits EMPTY = new WorkspaceLimits(null, null, null, null);
    }

    record LogChoices(
            @JsonProperty("keep-days") @Nullable Long keepDays,
            @Nullable List<WitnessChoice> witnesses,
            @JsonProperty("witness-seconds") @Nullable Long witnessSeconds) {
        static final LogChoices EMPTY = new LogChoices(null, null, null);
    }

    record WitnessChoice(@Nullable String url, @Nullable List<String> keys) {}

    record InputLimits(
            @JsonProperty("file-mebibytes") @Nullable Long file,
            @JsonProperty("image-mebibytes") @Nullable Long image,
            @JsonProperty("project-mebibytes") @Nullable Long project) {
        static final InputLimits EMPTY = new InputLimits(null, null, null);
    }

    /** @throws IllegalArgumentException that says which argument or which member of the file is wrong, and how */
    static Settings parse(List<String> arguments) {
        var given = Arguments.parse(arguments);
        var file = given.config() == null ? ConfigFile.EMPTY : read(given.config());
        var home = withoutLinks(given.home() == null ? Path.of(".sekisho") : given.home());
        var port = port("port", first(given.port(), file.port(), 8080));
        var ops = port("ops-port", first(given.opsPort(), file.opsPort(), port == 0 ? 0 : port + 1));
        var names = new HashSet<>(file.names() == null ? List.<String>of() : file.names());
        var binding = new Binding(file.host() == null ? "127.0.0.1" : file.host(), port, names, tls(file.tls()));
        var demo = first(given.demo(), file.demo(), binding.isLoopback());
        return new Settings(
                home,
                binding,
                ops,
                given.web(),
                given.images(),
                demo,
                engine(home, file.engine()),
                runtime(file.sandboxRuntime()),
                workspaces(file.workspaces()),
                file.alerts() == null || file.alerts().rules() == null
                        ? null
                        : Path.of(file.alerts().rules()),
                log(file.log()),
                inputs(file.inputs()),
                (file.identity() == null ? IdentityFile.EMPTY : file.identity()).settings(demo),
                file.rest() == null ? null : file.rest().source());
    }

    /** By this name the kernel tells what is mounted there. The folder need not be there yet. */
    private static Path withoutLinks(Path home) {
        var whole = home.toAbsolutePath().normalize();
        var there = whole;
        while (Files.notExists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return there.toRealPath().resolve(there.relativize(whole));
        } catch (IOException e) {
            throw new IllegalArgumentException("--home " + home + " leads nowhere", e);
        }
    }

    private static EngineSettings engine(Path home, @Nullable EngineLimits given) {
        var limits = given == null ? EngineLimits.EMPTY : given;
        var usual = Limits.usual();
        return new EngineSettings(
                home,
                new Limits(
                        limits.memory() == null ? usual.memoryBytes() : limits.memory() << 20,
                        Objects.requireNonNullElse(limits.threads(), usual.threads()),
                        limits.seconds() == null ? usual.time() : Duration.ofSeconds(limits.seconds()),
                        Objects.requireNonNullElse(limits.resultRows(), usual.resultRows()),
                        limits.resultMebibytes() == null ? usual.resultBytes() : limits.resultMebibytes() << 20),
                Duration.ofSeconds(Objects.requireNonNullElse(limits.idle(), 600L)),
                sandbox(limits.sandbox()));
    }

    private static @Nullable Path runtime(@Nullable String program) {
        if (program == null) {
            return null;
        }
        var path = Path.of(program);
        if (!path.isAbsolute() || !Files.isExecutable(path)) {
            throw new IllegalArgumentException("sandbox-runtime is the path of a program that can be run");
        }
        return path;
    }

    private static WorkspaceSettings workspaces(@Nullable WorkspaceLimits given) {
        var limits = given == null ? WorkspaceLimits.EMPTY : given;
        var usual = WorkspaceSettings.usual();
        return new WorkspaceSettings(
                minutes("workspaces.lock-minutes", limits.lockMinutes(), usual.lockAfter()),
                minutes("workspaces.end-minutes", limits.endMinutes(), usual.endAfter()),
                Objects.requireNonNullElse(limits.most(), usual.most()),
                Objects.requireNonNullElse(limits.outlive(), usual.outlive()));
    }

    private static LogPolicy log(@Nullable LogChoices given) {
        var choices = given == null ? LogChoices.EMPTY : given;
        long seconds = Objects.requireNonNullElse(
                choices.witnessSeconds(), LogPolicy.USUAL.witnessEvery().toSeconds());
        if (seconds < 1 || (choices.keepDays() != null && choices.keepDays() < 1)) {
            throw new IllegalArgumentException("log.keep-days and log.witness-seconds are numbers, at least 1");
        }
        var witnesses = Objects.requireNonNullElse(choices.witnesses(), List.<WitnessChoice>of());
        return new LogPolicy(
                choices.keepDays() == null ? null : Duration.ofDays(choices.keepDays()),
                witnesses.stream().map(Settings::witness).toList(),
                Duration.ofSeconds(seconds));
    }

    private static WitnessAddress witness(WitnessChoice given) {
        var url = given.url();
        var keys = given.keys();
        if (url == null || !url.matches("https?://.+") || keys == null) {
            throw new IllegalArgumentException("each of log.witnesses has a url and the keys that it prints");
        }
        try {
            return new WitnessAddress(
                    URI.create(url), keys.stream().map(VerifierKey::parse).toList());
        } catch (IllegalArgumentException odd) {
            throw new IllegalArgumentException("log.witnesses: " + odd.getMessage(), odd);
        }
    }

    private static org.sekisho.gateway.ingress.Limits inputs(@Nullable InputLimits given) {
        var limits = given == null ? InputLimits.EMPTY : given;
        var usual = org.sekisho.gateway.ingress.Limits.USUAL;
        return new org.sekisho.gateway.ingress.Limits(
                mebibytes("inputs.file-mebibytes", limits.file(), usual.fileBytes()),
                mebibytes("inputs.image-mebibytes", limits.image(), usual.imageBytes()),
                mebibytes("inputs.project-mebibytes", limits.project(), usual.projectBytes()),
                usual.projectInputs(),
                usual.spareBytes(),
                usual.patience());
    }

    private static long mebibytes(String name, @Nullable Long given, long usual) {
        if (given != null && (given < 1 || given > MOST_MEBIBYTES)) {
            throw new IllegalArgumentException(name + " is a number of mebibytes, from 1 to " + MOST_MEBIBYTES);
        }
        return given == null ? usual : given << 20;
    }

    private static Duration minutes(String name, @Nullable Long given, Duration usual) {
        if (given != null && given < 1) {
            throw new IllegalArgumentException(name + " is a number of minutes, at least 1");
        }
        return given == null ? usual : Duration.ofMinutes(given);
    }

    private static SandboxChoice sandbox(@Nullable String word) {
        if (word == null) {
            return SandboxChoice.PREFERRED;
        }
        return Arrays.stream(SandboxChoice.values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("engine.sandbox is required, preferred or none"));
    }

    private static Binding.@Nullable Tls tls(@Nullable TlsFiles files) {
        if (files == null) {
            return null;
        }
        return new Binding.Tls(
                readable("tls.certificate", files.certificate()),
                readable("tls.key", files.key()),
                files.clientAuthorities() == null
                        ? null
                        : readable("tls.client-authorities", files.clientAuthorities()));
    }

    private static Path readable(String name, @Nullable String file) {
        if (file == null || !Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException(name + " names a PEM file that can be read");
        }
        return Path.of(file);
    }

    private static ConfigFile read(Path file) {
        var mapper = YAMLMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        try {
            var text = Files.readString(file);
            return text.isBlank() ? ConfigFile.EMPTY : mapper.readValue(text, ConfigFile.class);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(place(file, e) + "there is no setting '" + where(e) + "'");
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(place(file, e) + "'" + where(e) + "' has a value of the wrong kind");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(place(file, e) + "this is not YAML");
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read");
        }
    }

    private static String place(Path file, JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? file + ": " : file + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": ";
    }

    private static String where(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static <T> T first(@Nullable T one, @Nullable T other, T otherwise) {
        if (one != null) {
            return one;
        }
        return other != null ? other : otherwise;
    }

    private static int port(String name, int number) {
        if (number < 0 || number > 65_535) {
            throw new IllegalArgumentException(name + " is a number from 0 to 65535");
        }
        return number;
    }
}

package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.engine.worker.SandboxChoice;
import org.sekisho.gateway.encryption.MasterKeySource;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void servesADemoOnLoopbackUnlessToldOtherwise() {
        var settings = Settings.parse(List.of());
        assertThat(settings.binding().host()).isEqualTo("127.0.0.1");
        assertThat(settings.binding().port()).isEqualTo(8080);
        assertThat(settings.opsPort()).isEqualTo(8081);
        assertThat(settings.demo()).isTrue();
        assertThat(settings.home().toString()).startsWith("/").endsWith("/.sekisho");
        assertThat(Settings.parse(List.of("--no-demo")).demo()).isFalse();
    }

    @Test
    void goesByTheNameOfItsHomeThatTheKernelTells() throws Exception {
        var real = Files.createDirectory(folder.resolve("real")).toRealPath();
        var link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertThat(Settings.parse(List.of("--home", link.toString())).home()).isEqualTo(real);
        var below = Settings.parse(List.of("--home", link.resolve("not/yet").toString()));
        assertThat(below.home()).isEqualTo(real.resolve("not/yet"));
        assertThat(below.engine().home()).isEqualTo(real.resolve("not/yet"));
        Files.delete(real);
        assertThatThrownBy(() -> Settings.parse(List.of("--home", link.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--home " + link + " leads nowhere");
    }

    @Test
    void readsAFileAndLetsArgumentsGoFirst() throws Exception {
        var file = config("""
                port: 9000
                ops-port: 9500
                demo: false
                engine: {threads: 3, seconds: 7, sandbox: required}
                alerts: {rules: alerts.yaml}
                """);
        var settings = Settings.parse(List.of("--config", file, "--port", "9100"));
        assertThat(settings.binding().port()).isEqualTo(9100);
        assertThat(settings.opsPort()).isEqualTo(9500);
        assertThat(settings.demo()).isFalse();
        assertThat(settings.engine().limits().threads()).isEqualTo(3);
        assertThat(settings.engine().limits().time()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.engine().sandbox()).isEqualTo(SandboxChoice.REQUIRED);
        assertThat(settings.alertRules()).isEqualTo(Path.of("alerts.yaml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "prot: 1 | there is no setting 'prot'",
                "engine: {thread: 1} | there is no setting 'engine.thread'",
                "alerts: {rule: x} | there is no setting 'alerts.rule'",
                "port: many | 'port' has a value of the wrong kind",
                "port: 70000 | port is a number from 0 to 65535",
                "port: 1.5 | 'port' has a value of the wrong kind",
                "engine: {sandbox: maybe} | engine.sandbox is required, preferred or none",
                "engine: {threads: 0} | limits must be positive",
                "host: 0.0.0.0 | not a loopback address",
                "host: 192.0.2.1 | listening there needs tls.certificate and tls.key",
                "tls: {certificate: /absent, key: /absent} | tls.certificate names a PEM file",
                "rest: {} | rest has exactly one of key-file, passphrase-file and pkcs11",
                "rest: {key-file: /a, passphrase-file: /b} | rest has exactly one of",
                "rest: {pkcs11: {library: /a, label: b}} | rest.pkcs11 has library, pin-file, label",
                "a: b: c | this is not YAML"
            })
    void saysWhatIsWrongWithAFile(String text, String named) throws Exception {
        var file = config(text);
        assertThatThrownBy(() -> Settings.parse(List.of("--config", file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--prot 1 | there is no argument '--prot'",
                "--port | --port needs a value",
                "--port x | --port needs a number, not 'x'",
                "--config /absent.yaml | cannot be read"
            })
    void saysWhatIsWrongWithAnArgument(String line, String named) {
        assertThatThrownBy(() -> Settings.parse(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void keepsTheDemoOnLoopback() throws Exception {
        var pem = Files.writeString(folder.resolve("pem"), "x");
        var file = config("host: 0.0.0.0\ntls: {certificate: %s, key: %s}\n".formatted(pem, pem));
        assertThat(Settings.parse(List.of("--config", file)).demo()).isFalse();
        assertThatThrownBy(() -> Settings.parse(List.of("--config", file, "--demo")))
                .hasMessageContaining("loopback");
    }

    @Test
    void takesTheMasterKeyFromOneOfThreePlaces() throws Exception {
        assertThat(rest("{key-file: /k}")).isEqualTo(new MasterKeySource.KeyFile(Path.of("/k")));
        assertThat(rest("{passphrase-file: /p}")).isEqualTo(new MasterKeySource.PassphraseFile(Path.of("/p")));
        assertThat(rest("{pkcs11: {library: /l, slot: 2, pin-file: /p, label: sekisho}}"))
                .isEqualTo(new MasterKeySource.Token(Path.of("/l"), 2, Path.of("/p"), "sekisho"));
        assertThat(Settings.parse(List.of()).rest()).isNull();
    }

    private @Nullable MasterKeySource rest(String text) throws Exception {
        return Settings.parse(List.of("--config", config("rest: " + text + "\n")))
                .rest();
    }

    private String config(String text) throws Exception {
        return Files.writeString(folder.resolve("config.yaml"), text).toString();
    }
}

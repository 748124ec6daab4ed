package org.sekisho.gateway.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.encryption.MasterKey.WrongKey;

class MasterKeyTest {
    private static final byte[] SECRET = "a key of thirty-two bytes, or so".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SALT = new byte[16];

    @TempDir
    Path folder;

    private Path key(String text) throws IOException {
        var file = Files.writeString(folder.resolve("master.key"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private MasterKey of(char digit) throws IOException {
        return MasterKey.ofFile(key(String.valueOf(digit).repeat(64) + "\n"));
    }

    @Test
    void unwrapsWhatItWrappedAndNeverWrapsTheSameWayTwice() throws Exception {
        var master = of('a');
        var once = master.wrap(SECRET, "one");
        assertThat(master.unwrap(once, "one")).isEqualTo(SECRET);
        assertThat(master.wrap(SECRET, "one")).isNotEqualTo(once);
        assertThat(HexFormat.of().formatHex(once)).doesNotContain(HexFormat.of().formatHex(SECRET));
        assertThat(of('a').unwrap(once, "one")).as("the same file again").isEqualTo(SECRET);
    }

    @Test
    void opensNothingOfAnotherKeyNameOrContent() throws Exception {
        var master = of('a');
        var wrapped = master.wrap(SECRET, "one");
        assertThatThrownBy(() -> master.unwrap(wrapped, "two")).isInstanceOf(WrongKey.class);
        assertThatThrownBy(() -> of('b').unwrap(wrapped, "one")).isInstanceOf(WrongKey.class);
        assertThatThrownBy(() -> master.unwrap(new byte[3], "one")).isInstanceOf(WrongKey.class);
        for (int i = 0; i < wrapped.length; i++) {
            var changed = wrapped.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> master.unwrap(changed, "one"))
                    .as("byte %d", i)
                    .isInstanceOf(WrongKey.class);
        }
    }

    @Test
    void aFileThatIsNoKeyOrThatOthersMayReadIsRefusedWithoutItsContent() throws Exception {
        var odd = key("not a key");
        assertThatThrownBy(() -> MasterKey.ofFile(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hexadecimal digits");
        var open = key("a".repeat(64));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> MasterKey.ofFile(open))
                .hasMessageContaining("can be read or written by others")
                .hasMessageNotContaining("aaaa");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw--w----"));
        assertThatThrownBy(() -> MasterKey.ofFile(open)).hasMessageContaining("can be read or written by others");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-------"));
        if (Modes.root()) {
            Modes.own(open, 65_534, 0);
            assertThatThrownBy(() -> MasterKey.ofFile(open)).hasMessageContaining("belongs to somebody else");
        }
        assertThatThrownBy(() -> MasterKey.ofFile(folder.resolve("absent"))).hasMessageContaining("cannot be read");
    }

    @Test
    void aPassphraseGivesTheSameKeyEachTimeAndAnotherOneWithAnotherSalt() throws Exception {
        var wrapped = MasterKey.ofPassphrase("関所の合言葉", SALT).wrap(SECRET, "one");
        assertThat(MasterKey.ofPassphrase("関所の合言葉", SALT).unwrap(wrapped, "one"))
                .isEqualTo(SECRET);
        assertThatThrownBy(() -> MasterKey.ofPassphrase("関所の相言葉", SALT).unwrap(wrapped, "one"))
                .isInstanceOf(WrongKey.class);
        var other = new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThatThrownBy(() -> MasterKey.ofPassphrase("関所の合言葉", other).unwrap(wrapped, "one"))
                .isInstanceOf(WrongKey.class);
    }
}

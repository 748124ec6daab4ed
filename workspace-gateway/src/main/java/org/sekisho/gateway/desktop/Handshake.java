package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.guacamole.GuacamoleConnectionClosedException;
import org.apache.guacamole.GuacamoleException;
import org.apache.guacamole.GuacamoleServerException;
import org.apache.guacamole.GuacamoleUnsupportedException;
import org.apache.guacamole.io.GuacamoleReader;
import org.apache.guacamole.io.GuacamoleWriter;
import org.apache.guacamole.net.GuacamoleSocket;
import org.apache.guacamole.protocol.ConfiguredGuacamoleSocket;
import org.apache.guacamole.protocol.GuacamoleClientInformation;
import org.apache.guacamole.protocol.GuacamoleConfiguration;
import org.apache.guacamole.protocol.GuacamoleInstruction;
import org.jspecify.annotations.Nullable;

/**
 * Asks a guacd for the one desktop it may show. Every parameter is ours and fixed; of the viewer it learns the size of
 * the screen and the time zone, both parsed before.
 */
final class Handshake implements GuacamoleSocket, GuacamoleReader, GuacamoleWriter {
    /** Where the display server listens, as guacd's sandbox sees it. */
    static final String DISPLAY = "/run/desk/vnc.sock";

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("hostname", DISPLAY),
            Map.entry("port", "0"),
            Map.entry("color-depth", "24"),
            Map.entry("cursor", "local"),
            Map.entry("read-only", "false"),
            Map.entry("disable-copy", "true"),
            Map.entry("enable-audio", "false"),
            Map.entry("enable-sftp", "false"),
            Map.entry("reverse-connect", "false"),
            Map.entry("wol-send-packet", "false"),
            Map.entry("recording-exclude-output", "true"),
            Map.entry("recording-exclude-mouse", "true"),
            Map.entry("autoretry", "0"));

    private final GuacdLine line;

    private Handshake(GuacdLine line) {
        this.line = line;
    }

    /** @throws IOException when this guacd does not offer a desktop */
    static void perform(GuacdLine line, Screen screen, boolean clipboardIn) throws IOException {
        var configuration = new GuacamoleConfiguration();
        configuration.setProtocol("vnc");
        configuration.setParameters(PARAMETERS);
        configuration.setParameter("disable-paste", Boolean.toString(!clipboardIn));
        var information = new GuacamoleClientInformation();
        information.setOptimalScreenWidth(screen.width());
        information.setOptimalScreenHeight(screen.height());
        information.setOptimalResolution(screen.dpi());
        information.setTimezone(screen.timezone());
        information.getImageMimetypes().addAll(List.of("image/png", "image/jpeg"));
        try {
            var _ = new ConfiguredGuacamoleSocket(new Handshake(line), configuration, information);
        } catch (GuacamoleException e) {
            throw new IOException("guacd does not shake hands", e);
        }
    }

    @Override
    public GuacamoleReader getReader() {
        return this;
    }

    @Override
    public GuacamoleWriter getWriter() {
        return this;
    }

    @Override
    public @Nullable GuacamoleInstruction readInstruction() throws GuacamoleException {
        try {
            var instruction = line.next();
            return instruction == null ? null : new GuacamoleInstruction(instruction.opcode(), instruction.arguments());
        } catch (IOException e) {
            throw new GuacamoleConnectionClosedException(e);
        }
    }

    @Override
    public void writeInstruction(GuacamoleInstruction instruction) throws GuacamoleException {
        try {
            line.write(instruction.toString());
        } catch (IOException e) {
            throw new GuacamoleServerException(e);
        }
    }

    @Override
    public boolean available() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return line.isOpen();
    }

    @Override
    public void close() {
        line.close();
    }

    @Override
    public char[] read() throws GuacamoleException {
        throw new GuacamoleUnsupportedException("instructions only");
    }

    @Override
    public void write(char[] chunk, int offset, int length) throws GuacamoleException {
        throw new GuacamoleUnsupportedException("instructions only");
    }

    @Override
    public void write(char[] chunk) throws GuacamoleException {
        throw new GuacamoleUnsupportedException("instructions only");
    }
}

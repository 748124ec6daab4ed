package org.sekisho.checker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawing in a process of its own, by a process whose folder for temporary files is watched. */
class DrawnTest {
    private static final String SVG = """
            <svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><text x="5" y="50">canary</text></svg>""";

    @TempDir
    Path folder;

    @Test
    void nothingOfAPageIsWrittenIntoAFolderForTemporaryFiles() throws Exception {
        var temporary = Files.createDirectory(folder.resolve("temporary"));
        var svg = Files.writeString(folder.resolve("a.svg"), SVG);
        var pdf = folder.resolve("a.pdf");
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            document.save(pdf.toFile());
        }
        try (var watch = folder.getFileSystem().newWatchService()) {
            temporary.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            assertThat(pages(temporary, svg, pdf)).containsExactly("1 canary", "1 ");
            assertThat(seen(watch.poll())).isEmpty();
            Files.createFile(temporary.resolve("control"));
            assertThat(seen(watch.take())).as("the watch sees what there is").containsExactly("control");
        }
    }

    private static List<String> seen(@Nullable WatchKey key) {
        var names = new ArrayList<String>();
        if (key != null) {
            key.pollEvents().forEach(event -> names.add(String.valueOf(event.context())));
            key.reset();
        }
        return names;
    }

    private static List<String> pages(Path temporary, Path svg, Path pdf) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Drawing.class.getName(),
                        svg.toString(),
                        pdf.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    /** Draws both, and says how many pages there are and what words stand on the first. */
    static final class Drawing {
        private Drawing() {}

        public static void main(String[] files) {
            say(Drawn.of(Drawn.Kind.SVG, Path.of(files[0])));
            say(Drawn.of(Drawn.Kind.PDF, Path.of(files[1])));
        }

        private static void say(Drawn.Answer answer) {
            System.out.println(
                    switch (answer) {
                        case Drawn.Answer.Pages(var pages) ->
                            pages.size() + " " + pages.getFirst().text().strip();
                        case Drawn.Answer.Refused(var why) -> why.toString();
                    });
        }
    }
}

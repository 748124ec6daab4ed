package org.sekisho.checker.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.sekisho.checker.Samples;
import org.sekisho.checker.parquet.ParquetSamples;
import org.sekisho.checker.picture.PictureSamples;
import org.sekisho.checker.policy.RulePacks;

/** Sound inputs from which the fuzzer sets out. */
final class Seeds {
    static final String PROTECTED_TABLE =
            "reg,size,n,v,mx,f\nA,1,3,10,9,0\nA,2,12,55,20,0\nB,1,30,100,9,1\nB,2,4,8,7,0\n";

    private static final String TABLE =
            "area,sex,n,mean_points\nA,F,120,3.25\nA,M,4,2.5\nB,F,4000,1\nB,M,35,7\n計,,4159,-\n";
    private static final String PRINTED =
            "  area     n  share\n0    A   120   0.5\n1    B     4   0.1\n2 Total   124   0.6\n\nRows: 3\nmean  2.5\n";
    private static final String HTML_TABLE =
            "<table border=1><thead><tr><th></th><th colspan=2>area &amp; n</th></tr></thead><tr><td rowspan=2>0</td><td>A</td>"
                    + "<td>120</td></tr><tr><td>B</td><td>4</td></tr></table><script>x</script><!-- c --><p>w&#x41;</p>";
    private static final String ROWS =
            "<worksheet><cols><col min=\"1\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c"
                    + " r=\"B1\" t=\"inlineStr\"><is><t>n</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\">"
                    + "<f>1+1</f><v>120</v></c></row><row r=\"3\"><c t=\"str\"><v>B</v></c><c t=\"b\"><v>1</v></c></row></sheetData></worksheet>";

    private static final String DRAWING =
            "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e 'x'>]><svg xmlns='http://www.w3.org/2000/svg' width='400pt'"
                    + " height='200' viewBox='0 0 400 200'><style>a{}</style><metadata>m</metadata><defs><path id='m' d='M0 0H10V10H0z'/>"
                    + "</defs><use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='#m' x='300'/><g style='fill:url(#b)'><text x='2'>"
                    + "Persons</text><script>x</script></g></svg>";

    private Seeds() {}

    static List<byte[]> of(Target target) {
        var seeds = new ArrayList<byte[]>();
        switch (target) {
            case CSV -> texts(seeds, TABLE, "a;b\n\"x\"\"y\",2\n", "n\n1\n", "k,n\r\n=1+1,\"1,234\"\r\n001,<10\r\n");
            case ARROW -> seeds.add(arrow());
            case NOTEBOOK -> texts(seeds, notebook());
            case WORKBOOK -> seeds.add(Packed.workbook(ROWS.getBytes(StandardCharsets.UTF_8)));
            case SHEET -> texts(seeds, ROWS, ROWS + "\0<sst><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>");
            case PNG -> seeds.add(PictureSamples.png());
            case CHUNKS ->
                seeds.add(
                        new byte[] {0, 13, 0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0, 5, 1, 65, 3, 6, 0, 1, 2, 0, 3, 4, 4, 0
                        });
            case JPEG -> seeds.add(PictureSamples.jpeg());
            case MARKDOWN ->
                texts(
                        seeds,
                        "# A\n\n| area | n |\n|---|---:|\n| A | 120 |\n| B | 4 |\n\n![x](http://x/y.png) <b>z</b>\n[a](javascript:b)\n");
            case TEXT -> texts(seeds, PRINTED, "\u001B[31mred\u001B[0m\r\nx\u200By  \n" + TABLE);
            case HTML ->
                texts(seeds, "<html>" + HTML_TABLE + "<h1>a</h1><pre>" + PRINTED + "</pre><ul><li>M: 12<li>F: 4</ul>");
            case PARQUET -> ParquetSamples.all().forEach(seeds::add);
            case SVG, DRAWING -> texts(seeds, DRAWING);
            case PDF -> seeds.add(pdf());
            case TYPES ->
                texts(
                        seeds,
                        "PAR1....PAR1",
                        "%PDF-1.7\n",
                        "<svg onload=x>",
                        "\u0000\u0001\u0002",
                        "{\"cells\":[],\"cell_type\"");
            case RULES -> RulePacks.all().forEach(pack -> texts(seeds, shipped(pack.name())));
            case SPECIFICATION -> texts(seeds, specification());
        }
        return seeds;
    }

    /** Writes them for the fuzzer, a folder for each target. */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        for (var target : Target.values()) {
            var own = Files.createDirectories(folder.resolve(target.name().toLowerCase(Locale.ROOT)));
            var seeds = of(target);
            for (int at = 0; at < seeds.size(); at++) {
                Files.write(own.resolve("seed-" + at), seeds.get(at));
            }
        }
    }

    private static void texts(List<byte[]> seeds, String... texts) {
        for (var text : texts) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] arrow() {
        try {
            var file = Files.createTempFile("sekisho-seed", ".arrow");
            try {
                Samples.arrow(
                        file,
                        Samples.column("area", "A", "B", null),
                        Samples.column("n", 120L, 4L, 7L),
                        Samples.column("m", 1.5, null, 2.0));
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] pdf() {
        try (var document = new PDDocument()) {
            var sheet = new PDPage(new PDRectangle(90, 60));
            document.addPage(sheet);
            try (var canvas = new PDPageContentStream(document, sheet)) {
                canvas.addRect(10, 10, 30, 30);
                canvas.fill();
                canvas.beginText();
                canvas.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 9);
                canvas.showText("Persons");
                canvas.endText();
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes, CompressParameters.NO_COMPRESSION);
            return bytes.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String notebook() {
        return """
                {"cells":[{"cell_type":"markdown","metadata":{"tags":["hide-input"]},"source":["# a\\n","b"],"attachments":{"x":{}}},
                {"cell_type":"code","execution_count":1,"metadata":{},"source":"df","outputs":[
                {"output_type":"stream","name":"stdout","text":"%s"},
                {"output_type":"execute_result","metadata":{},"data":{"text/html":"<table><tr><th>a<th>n<tr><td>A<td>4</table>","text/plain":"x","image/png":"%s"}},
                {"output_type":"error","ename":"KeyError","evalue":"v","traceback":[]}]}],
                "metadata":{"kernelspec":{"language":"python"}},"nbformat":4,"nbformat_minor":5}""".formatted(PRINTED.replace("\n", "\\n"), Base64.getEncoder().encodeToString(PictureSamples.png()));
    }

    private static String specification() {
        return "{\"dimensions\":[{\"name\":\"reg\",\"total\":\"T\"},{\"name\":\"size\"}],\"rows\":\"inner\",\"frequency\":\"n\","
                + "\"value\":\"v\",\"largest\":[\"mx\"],\"primary\":[{\"minimum-count\":{\"n\":5}},{\"dominance\":{\"n\":1,\"k\":85}},"
                + "{\"p-percent\":{\"p\":10}},{\"flag\":\"f\"}],\"protection\":{\"relative\":0.1},\"bounds\":{\"lower\":0,"
                + "\"upper-factor\":10,\"of\":\"mx\"},\"zeros\":\"publish\",\"cost\":\"value\"}";
    }

    private static String shipped(String pack) {
        try (var in = RulePacks.class.getResourceAsStream(pack + ".yaml")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

package org.sekisho.checker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sekisho.checker.file.WrittenFile;
import org.sekisho.checker.notebook.Notebook;
import org.sekisho.checker.notebook.Notebook.Cell;
import org.sekisho.checker.notebook.Notebook.Left;
import org.sekisho.checker.notebook.Notebook.Output;
import org.sekisho.checker.notebook.NotebookReader;
import org.sekisho.checker.notebook.NotebookWriter;
import org.sekisho.checker.picture.Pictures;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;
import org.sekisho.checker.text.EncodedRuns;

/**
 * Judges a notebook cell by cell and output by output. What leaves is written anew from what was understood: sources,
 * printed text, tables, pictures, and the class of an error; everything else stays behind and is named.
 */
final class NotebookJudging {
    private static final String MEDIA_TYPE = "application/x-ipynb+json";
    private static final int OUTPUT_AT_MOST = 1_000_000;
    private static final long TEXT_AT_MOST = 8_000_000;
    private static final Pattern ERROR = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,59}");
    private static final Set<String> TEXTS = Set.of("text/plain", "text/markdown", "text/latex");

    private final RulePack pack;
    private final String name;
    private final FileFindings findings;
    private final DocumentJudging document;
    private final Map<String, TreeSet<Integer>> dropped = new TreeMap<>();
    private final TreeSet<Integer> figures = new TreeSet<>();
    private long textSoFar;
    private int cell;

    NotebookJudging(RulePack pack, Canaries canaries, String name) {
        this.pack = pack;
        this.name = name;
        this.findings = new FileFindings(name);
        this.document = new DocumentJudging(pack, canaries, name, findings, TEXT_AT_MOST);
    }

    Judgement judge(Path file, Path directory) {
        var read = NotebookReader.read(file);
        if (read.isEmpty()) {
            return findings.tooLarge("32 MB、1,000 セル、5,000 出力", "32 MB, 1,000 cells, 5,000 outputs")
                    .refused(pack);
        }
        findings.textForReview();
        var plain = new ArrayList<Cell>();
        var amended = new ArrayList<Cell>();
        for (var each : read.get().cells()) {
            cell++;
            cell(each, plain, amended);
        }
        tellLeft(read.get());
        return findings.judgement(
                pack,
                document.evidence(),
                () -> List.of(write(directory, name, read.get(), plain)),
                () -> document.amends()
                        ? List.of(write(directory, Judgement.AMENDED + name, read.get(), amended))
                        : List.of());
    }

    private CheckedFile write(Path directory, String as, Notebook notebook, List<Cell> cells) {
        var bytes = NotebookWriter.bytes(new Notebook(notebook.language(), cells, Set.of()));
        var written = WrittenFile.write(directory.resolve(as), bytes);
        return new CheckedFile(as, MEDIA_TYPE, written.bytes(), written.sha256());
    }

    private void cell(Cell source, List<Cell> plain, List<Cell> amended) {
        var place = Place.cell(cell);
        if (source.hidden()) {
            findings.review(
                    "hidden-cell",
                    place.before(new Message(
                            "非表示に設定されていたセルです。持ち出すノートブックでは表示されます。",
                            "was set to be hidden; in the notebook that leaves it is shown.")));
        }
        if (tooLong(source.source())) {
            return;
        }
        if (source.kind() != Notebook.Kind.CODE) {
            var part = document.markdown(place, source.source());
            plain.add(new Cell(source.kind(), part.plain(), false, List.of()));
            amended.add(new Cell(source.kind(), part.amended(), false, List.of()));
            return;
        }
        var code = document.code(place, source.source());
        var plainOutputs = new ArrayList<Output>();
        var amendedOutputs = new ArrayList<Output>();
        int number = 1;
        for (var output : source.outputs()) {
            output(place.output(number++), output, plainOutputs, amendedOutputs);
        }
        plain.add(new Cell(source.kind(), code, false, plainOutputs));
        amended.add(new Cell(source.kind(), code, false, amendedOutputs));
    }

    private void output(Place place, Output output, List<Output> plain, List<Output> amended) {
        switch (output) {
            case Output.Stream(var stream, var text) -> {
                if (!tooLong(text)) {
                    var part = document.text(place, text);
                    plain.add(new Output.Stream(stream, part.plain()));
                    amended.add(new Output.Stream(stream, part.amended()));
                }
            }
            case Output.Failure(var error) -> error(place, error, plain, amended);
            case Output.Display(var data, var result) -> {
                var plainData = new LinkedHashMap<String, String>();
                var amendedData = new LinkedHashMap<String, String>();
                display(place, data, plainData, amendedData);
                plain.add(new Output.Display(plainData, result));
                amended.add(new Output.Display(amendedData, result));
            }
        }
    }

    private void error(Place place, String error, List<Output> plain, List<Output> amended) {
        findings.review(
                "error-output",
                place.before(new Message(
                        "エラーの内容とトレースバックはデータの値を含み得るため、種類だけを残しました。",
                        "the message and traceback of an error can quote data; only its class is kept.")));
        var known = ERROR.matcher(error).matches() && !EncodedRuns.in(error) ? error : "Error";
        plain.add(new Output.Failure(known));
        amended.add(new Output.Failure(known));
    }

    private void display(
            Place place, Map<String, String> data, Map<String, String> plain, Map<String, String> amended) {
        var html = data.get("text/html");
        var tables = html == null || tooLong(html) ? null : document.html(place, html);
        if (tables != null) {
            plain.put("text/html", tables.plain());
            amended.put("text/html", tables.amended());
        }
        for (var type : data.keySet()) {
            if (TEXTS.contains(type)) {
                // Next to a table in HTML stands the same table as text: once is enough.
                if (tables == null && !tooLong(data.get(type))) {
                    boolean markdown = type.equals("text/markdown");
                    var text = data.get(type);
                    var part = markdown ? document.markdown(place, text) : document.text(place, text);
                    plain.put(type, part.plain());
                    amended.put(type, part.amended());
                }
            } else if (type.equals("image/png") || type.equals("image/jpeg")) {
                picture(place, data.get(type)).forEach((media, base64) -> {
                    plain.put(media, base64);
                    amended.put(media, base64);
                });
            } else if (!type.equals("text/html") || tables == null) {
                dropped.computeIfAbsent(known(type), _ -> new TreeSet<>()).add(cell);
            }
        }
    }

    private Map<String, String> picture(Place place, String base64) {
        try {
            var bytes = Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
            switch (Pictures.clean(bytes)) {
                case Pictures.Answer.Clean clean -> {
                    figures.add(cell);
                    findings.addAll(PictureFindings.of(name, place, clean.dropped()));
                    return Map.of(clean.type(), Base64.getEncoder().encodeToString(clean.bytes()));
                }
                case Pictures.Answer.Refused(var why) ->
                    findings.review("picture", place.before(PictureFindings.of(why)));
            }
        } catch (IllegalArgumentException notBase64) {
            findings.review("picture", place.before(PictureFindings.of(Pictures.Why.BROKEN)));
        }
        return Map.of();
    }

    private boolean tooLong(String text) {
        textSoFar += text.length();
        boolean tooLong = text.length() > OUTPUT_AT_MOST || textSoFar > TEXT_AT_MOST;
        if (tooLong) {
            findings.fail(
                    "too-large",
                    Place.cell(cell)
                            .before(new Message(
                                    "文字が多すぎて審査できません（一つの出力で 100 万字、全体で 800 万字まで）。出力を消すか、集計してください。",
                                    "has more text than anybody reads (1 million characters in one output, 8 million in all). Clear the output or"
                                            + " aggregate.")));
        }
        return tooLong;
    }

    private void tellLeft(Notebook notebook) {
        if (!figures.isEmpty()) {
            findings.review("figure-for-review", PictureFindings.forReview(cells(figures)));
        }
        dropped.forEach((type, at) -> findings.info(
                "dropped-output",
                new Message(
                        cells(at).ja() + "：" + type + " の出力は検査できないため、取り除きました。",
                        cells(at).en() + ": output of type " + type + " cannot be checked and was left out.")));
        if (notebook.left().contains(Left.ATTACHMENTS)) {
            findings.review(
                    "attachments", new Message("セルに添付されたファイルは取り除きました。", "Files attached to cells were left out."));
        }
        if (notebook.left().contains(Left.METADATA) || notebook.left().contains(Left.WIDGETS)) {
            findings.info(
                    "notebook-metadata",
                    new Message(
                            "メタデータ（タグ、ウィジェットの状態など）は取り除きました。",
                            "Metadata (tags, states of widgets, ...) were left out."));
        }
    }

    private static Place cells(Set<Integer> cells) {
        var list = cells.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))
                + (cells.size() > 10 ? ", …" : "");
        return new Place("セル " + list, (cells.size() == 1 ? "cell " : "cells ") + list);
    }

    /** A media type is said only when it is one: it could be a message. */
    private static String known(String type) {
        return switch (type) {
            case "text/html",
                    "image/svg+xml",
                    "image/gif",
                    "application/pdf",
                    "application/json",
                    "application/javascript",
                    "application/vnd.jupyter.widget-view+json",
                    "application/vnd.plotly.v1+json",
                    "application/vnd.vegalite.v5+json",
                    "application/geo+json",
                    "video/mp4",
                    "audio/wav" -> type;
            default -> "?";
        };
    }
}

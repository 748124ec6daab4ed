# The project's data in this workspace, and the way out for results:
#   sekisho::tables()      sekisho::sql("select ...")      sekisho::submit("outputs/a.csv", context = "...")

#' Run one SELECT; the answer is a tibble. / SELECT 文を一つ実行し、tibble を返します。
sql <- function(query) {
  answer <- ask("POST", "/sql", charToRaw(enc2utf8(paste(query, collapse = "\n"))), "text/plain; charset=utf-8", query)
  tibble::as_tibble(plain(arrow::read_ipc_stream(answer, as_data_frame = FALSE)))
}

#' The tables of the project, or the columns of one. / 表の一覧、または一つの表の列。
tables <- function(name = NULL) {
  known <- read(ask("GET", "/tables"))$items
  if (is.null(name)) {
    return(rows(known, function(t) list(table = t$name, dataset = t$dataset %||% "", columns = length(t$columns),
                                        description = in_language(t$description))))
  }
  for (table in known) {
    if (tolower(table$name) == tolower(name)) {
      return(rows(table$columns, function(c) list(column = c$name, type = c$type, kind = c$kind %||% "",
                                                  description = in_language(c$description))))
    }
  }
  fail("no-table", say(sprintf("表 %s はありません。表の一覧: %s", name, names_of(known)),
                       sprintf("There is no table %s. There are: %s", name, names_of(known))))
}

#' Submit files of ~/outputs together, for release. / ~/outputs のファイルをまとめて提出します。
submit <- function(..., context) {
  done <- read(ask("POST", "/outputs", as_json(list(paths = below_outputs(c(...)), context = jsonlite::unbox(context)))))
  message(say(sprintf("%s として提出しました。状態: %s", done$id, done$state),
              sprintf("Submitted as %s, %s.", done$id, done$state)))
  invisible(done)
}

#' Apply the project's rules to files and submit nothing. / 提出せずに、公開基準で検査します。
preflight <- function(...) read(ask("POST", "/preflight", as_json(list(paths = below_outputs(c(...))))))

#' What you submitted in this project, and its state. / 提出した成果物と状態。
outputs <- function() {
  known <- read(ask("GET", "/outputs"))
  if (!is.null(known$items)) known <- known$items
  rows(known, function(o) list(id = o$id, state = o$state, verdict = o$verdict %||% "", title = o$title %||% ""))
}

#' The project's id and title, and when the permit ends. / プロジェクトの情報。
about <- function() read(ask("GET", "/about"))

# One question over the workspace's UNIX socket: the bytes of the answer, or an error of class sekisho_error.
ask <- function(method, path, body = NULL, type = "application/json", query = "") {
  socket <- Sys.getenv("SEKISHO_SOCKET", "/run/sekisho/data.sock")
  handle <- curl::new_handle(unix_socket_path = socket, customrequest = method, timeout = 3600)
  curl::handle_setheaders(handle, "Content-Type" = type, "Accept-Language" = if (is_japanese()) "ja" else "en", "Expect" = "")
  if (!is.null(body)) curl::handle_setopt(handle, copypostfields = body)
  answer <- tryCatch(
    curl::curl_fetch_memory(paste0("http://workspace", path), handle),
    error = function(e) fail("unreachable", say(
      "データの窓口に接続できません。ゲートウェイの再起動中かもしれません。少し待って再試行してください。",
      "The project's data cannot be reached. The gateway may be restarting: wait a little and try again.")))
  if (answer$status_code < 300) return(answer$content)
  refuse(answer, query)
}

refuse <- function(answer, query) {
  problem <- tryCatch(read(answer$content), error = function(e) NULL)
  if (is.null(problem$type)) {
    fail("internal", say(sprintf("ゲートウェイが状態 %d を返しました。", answer$status_code),
                         sprintf("The gateway answered with status %d.", answer$status_code)))
  }
  fail(sub("^urn:sekisho:", "", problem$type),
       paste0(problem$detail %||% problem$title, place(query, problem$line, problem$column)))
}

place <- function(query, line, column) {
  lines <- strsplit(paste(query, collapse = "\n"), "\n", fixed = TRUE)[[1]]
  if (is.null(line) || line > length(lines)) return("")
  mark <- if (is.null(column)) "" else paste0("\n    ", strrep(" ", column - 1), "^")
  paste0("\n", say(sprintf("%d 行目:", line), sprintf("line %d:", line)), "\n    ", lines[line], mark)
}

fail <- function(code, words) {
  stop(structure(class = c("sekisho_error", "error", "condition"), list(message = words, call = NULL, code = code)))
}

# Decimals become doubles, which is what R computes with.
plain <- function(table) {
  decimal <- vapply(table$schema$fields, function(f) grepl("^decimal", f$type$ToString()), logical(1))
  for (place in which(decimal)) table[[place]] <- table[[place]]$cast(arrow::float64())
  as.data.frame(table)
}

# Names as the gateway wants them: relative to the home, below outputs. It opens the files itself.
below_outputs <- function(files) {
  if (length(files) == 0) fail("invalid", say("提出するファイルを指定してください。", "Name at least one file."))
  home <- Sys.getenv("HOME")
  outputs <- file.path(home, "outputs")
  I(vapply(files, function(file) {
    for (start in c(getwd(), home, outputs)) {
      whole <- normalizePath(if (grepl("^[/~]", file)) file else file.path(start, file), mustWork = FALSE)
      if (startsWith(whole, paste0(outputs, "/")) && file.exists(whole)) return(substring(whole, nchar(home) + 2))
    }
    fail("invalid", say(sprintf("%s は ~/outputs にありません。", file), sprintf("There is no %s in ~/outputs.", file)))
  }, character(1), USE.NAMES = FALSE))
}

rows <- function(items, of) {
  made <- lapply(items, function(item) tibble::as_tibble(of(item)))
  if (length(made) == 0) tibble::tibble() else do.call(rbind, made)
}

read <- function(bytes) jsonlite::fromJSON(rawToChar(bytes), simplifyVector = FALSE)
as_json <- function(value) charToRaw(enc2utf8(as.character(jsonlite::toJSON(value))))
names_of <- function(known) paste(vapply(known, function(t) t$name, ""), collapse = ", ")
in_language <- function(text) {
  if (is.list(text)) text[[if (is_japanese()) "ja" else "en"]] %||% text[[1]] else text %||% ""
}
is_japanese <- function() {
  named <- Sys.getenv(c("LC_ALL", "LC_MESSAGES", "LANG"))
  startsWith(c(named[nzchar(named)], "")[1], "ja")
}
say <- function(ja, en) if (is_japanese()) ja else en

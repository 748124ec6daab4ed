# R's side of the kernel: reads requests as JSON lines from one descriptor, writes events as JSON lines to another.
local({
  ends <- commandArgs(trailingOnly = TRUE)
  requests <- file(paste0("/dev/fd/", ends[1]), open = "r", blocking = TRUE, encoding = "UTF-8")
  events <- file(paste0("/dev/fd/", ends[2]), open = "w", encoding = "UTF-8")
  options(device = function(...) ragg::agg_png(tempfile(), width = 7, height = 5, units = "in", res = 96),
          width = 100, crayon.enabled = FALSE, pager = function(files, ...) cat(unlist(lapply(files, readLines)), sep = "\n"))

  tell <- function(...) {
    cat(jsonlite::toJSON(list(...), auto_unbox = TRUE), "\n", sep = "", file = events)
    flush(events)
  }
  said <- function(name, text) if (nzchar(text)) tell(event = "stream", name = name, text = text)

  show_plot <- function(plot) {
    file <- tempfile(fileext = ".png")
    on.exit(unlink(file))
    ragg::agg_png(file, width = 7, height = 5, units = "in", res = 96)
    grDevices::replayPlot(plot)
    grDevices::dev.off()
    image <- jsonlite::base64_enc(readBin(file, "raw", file.size(file)))
    tell(event = "display", data = list("image/png" = gsub("\n", "", image, fixed = TRUE), "text/plain" = "<plot>"))
  }

  failed <- FALSE
  fail <- function(class, message) {
    failed <<- TRUE
    tell(event = "error", class = class, message = message)
  }

  handler <- evaluate::new_output_handler(
    text = function(text) said("stdout", text),
    graphics = show_plot,
    message = function(m) said("stderr", conditionMessage(m)),
    warning = function(w) said("stderr", paste0("Warning: ", conditionMessage(w), "\n")),
    error = function(e) fail(class(e)[1], conditionMessage(e)),
    value = function(value, visible) if (visible) print(value))

  run <- function(code) {
    failed <<- FALSE
    withCallingHandlers(
      tryCatch(
        evaluate::evaluate(code, envir = globalenv(), new_device = TRUE, stop_on_error = 1L, output_handler = handler),
        error = function(e) if (!failed) fail(class(e)[1], conditionMessage(e)),
        interrupt = function(i) fail("interrupt", "interrupted")))
  }

  complete <- function(line) {
    utils:::.assignLinebuffer(line)
    utils:::.assignEnd(nchar(line))
    utils:::.guessTokenFromLine()
    utils:::.completeToken()
    tell(event = "matches", matches = as.list(utils:::.retrieveCompletions()))
  }

  is_complete <- function(code) tryCatch({
    parse(text = code, keep.source = FALSE)
    "complete"
  }, error = function(e) if (grepl("unexpected end of input", conditionMessage(e), fixed = TRUE)) "incomplete" else "invalid")

  repeat {
    line <- tryCatch(readLines(requests, n = 1, warn = FALSE), interrupt = function(i) NULL)
    if (is.null(line)) next
    if (length(line) == 0) break
    request <- jsonlite::fromJSON(line, simplifyVector = FALSE)
    if (!is.null(request$run)) run(request$run)
    if (!is.null(request$complete)) try(complete(request$complete), silent = TRUE)
    if (!is.null(request$parse)) tell(event = "parsed", status = is_complete(request$parse))
    tell(event = "done")
  }
})

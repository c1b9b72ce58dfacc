using System.Globalization;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Ocr;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace PyBase.Extraction.Pdf;

/// <summary>
/// Reads PDF files: text at any angle, tables with and without lines, and of drawings the title block, parts list, dimensions,
/// tolerance frames, threads, surface finish and notes.
/// </summary>
/// <example>
/// <code>
/// var result = PdfReader.Read(stream, new PdfOptions { Password = "secret" });
/// foreach (var row in result.Table("dimensions")?.Rows ?? [])
///     Console.WriteLine(row.Raw);
/// </code>
/// </example>
public static class PdfReader
{
    const int LeastUnread = 10;

    /// <summary>
    /// Reads the stream once, from where it stands. Bad input never throws: it yields what could be understood and findings that
    /// say what could not.
    /// </summary>
    /// <param name="stream">Readable; stays the caller's. A PDF is kept in memory while it is read.</param>
    /// <param name="options">Guards, password and the program for pictures; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading within a moment, also inside of a page.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionResult Read(Stream stream, PdfOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new Session(options ?? new PdfOptions(), cancellationToken).Read(stream);
    }

    sealed class Session(PdfOptions options, CancellationToken cancellation)
    {
        readonly FindingList findings = new();
        readonly EndlessReferences endless = new();
        readonly long started = options.Clock.GetTimestamp();
        readonly Dictionary<string, string> metadata = [];
        string version = "";
        long bytes, letters;
        bool isPdf, isCut;

        TimeSpan Left => options.MaxTime - options.Clock.GetElapsedTime(started);

        public ExtractionResult Read(Stream stream)
        {
            var tables = new PdfTables(findings, options.MaxRows, cancellation);
            if (Load(stream) is { } data)
            {
                using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                var filters = new BoundedFilters(options.MaxExpandedBytes, endless, late.Token);
                var apart = new Apart(cancellation);
                try
                {
                    if (Open(data, filters, apart) is { } document)
                    {
                        Pages(document, tables, filters, apart);
                        apart.Run(() => { document.Dispose(); return true; }, Left, out _);
                    }
                }
                finally
                {
                    // Whoever still unpacks for a page that nobody waits for ends here.
                    late.Cancel();
                }
            }
            var built = tables.Build(out var rowsCut);
            return new ExtractionResult
            {
                Source = new ExtractionSource(isPdf ? FileFormat.Pdf : FileFormat.Unknown, version, "", bytes),
                Units = new ExtractionUnits(tables.IsInches ? "in" : built.Any(table => table.Kind is "dimensions" or "gdt") || tables.HasDeclaredUnit ? "mm" : null, "deg",
                    tables.HasDeclaredUnit ? UnitSource.Declared : built.Any(table => table.Kind is "dimensions" or "gdt") ? UnitSource.Assumed : UnitSource.Unknown),
                Metadata = metadata,
                Tables = built,
                Findings = findings.Items,
                Statistics = new ExtractionStatistics(bytes, letters, options.Clock.GetElapsedTime(started)),
                Truncated = isCut || rowsCut,
            };
        }

        byte[]? Load(Stream stream)
        {
            using var copy = new MemoryStream();
            var buffer = new byte[128 * 1024];
            for (int got; (got = stream.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                copy.Write(buffer, 0, got);
                bytes = copy.Length;
                if (bytes <= options.MaxBytes)
                    continue;
                isCut = true;
                findings.Fail(PdfFindingCode.FileTooLarge, $"The file is larger than {options.MaxBytes:N0} bytes.");
                return null;
            }
            if (bytes == 0)
                findings.Fail(FindingCode.EmptyFile, "The file is empty.");
            return bytes == 0 ? null : copy.ToArray();
        }

        PdfDocument? Open(byte[] data, BoundedFilters filters, Apart apart)
        {
            var mark = data.AsSpan(0, Math.Min(data.Length, 1024)).IndexOf("%PDF-"u8);
            if (mark < 0)
            {
                findings.Fail(PdfFindingCode.NotAPdfFile, "The file is no PDF file.");
                return null;
            }
            FontTables.BlankUnpacked(data);
            GlyphPrograms.BlankUnpacked(data);
            endless.Blank(data);
            var parsing = new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, FilterProvider = filters, ClipPaths = false };
            if (options.Password is { } password)
                parsing.Password = password;
            var document = apart.Run(() => PdfDocument.Open(data, parsing), Left, out var fault);
            switch (fault)
            {
                case null when document is not null:
                    isPdf = true;
                    version = document.Version.ToString("0.0", CultureInfo.InvariantCulture);
                    Describe(document);
                    return document;
                case PdfDocumentEncryptedException when options.Password is null:
                    isPdf = true;
                    findings.Fail(PdfFindingCode.PasswordMissing, "The file is encrypted; it opens with a password.");
                    break;
                case PdfDocumentEncryptedException:
                    isPdf = true;
                    findings.Fail(PdfFindingCode.PasswordWrong, "The file is encrypted, and the password does not open it.");
                    break;
                case TimeoutException:
                    TellTime();
                    break;
                case ExpansionException:
                    TellExpansion(null);
                    break;
                default:
                    findings.Fail(PdfFindingCode.NotAPdfFile, "The file is damaged so far that its pages cannot be found.");
                    break;
            }
            return null;
        }

        void Describe(PdfDocument document)
        {
            try
            {
                var about = document.Information;
                foreach (var (key, value) in ((string, string?)[])[("title", about.Title), ("author", about.Author), ("subject", about.Subject), ("keywords", about.Keywords), ("creator", about.Creator), ("producer", about.Producer), ("created", about.CreationDate), ("modified", about.ModifiedDate)])
                {
                    if (!string.IsNullOrWhiteSpace(value))
                        metadata[key] = value.Length > 1000 ? value[..1000] : value;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                findings.Warn(FindingCode.SyntaxError, "What the file says about itself cannot be read.");
            }
        }

        void Pages(PdfDocument document, PdfTables tables, BoundedFilters filters, Apart apart)
        {
            var count = apart.Run(() => document.NumberOfPages, Left, out var uncounted);
            if (uncounted is TimeoutException)
                TellTime();
            document.AddPageFactory(new PageFonts(new FileObjects(document.Structure), options));
            metadata["pages"] = count.ToString(CultureInfo.InvariantCulture);
            if (count > options.MaxPages)
            {
                isCut = true;
                findings.Fail(PdfFindingCode.PagesCut, $"The file has {count} pages; the first {options.MaxPages} were read.");
            }
            for (var number = 1; number <= Math.Min(count, options.MaxPages); number++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Left <= TimeSpan.Zero)
                {
                    TellTime();
                    return;
                }
                var n = number;
                var reading = apart.Run(() => One(document, n, tables), Left, out var fault);
                if (reading is not null)
                {
                    tables.Add(reading);
                    Tell(reading);
                    continue;
                }
                switch (fault)
                {
                    case TimeoutException:
                        TellTime();
                        return;
                    case ExpansionException { EndsFile: false }:
                        TellExpansion($"p{number}");
                        break;
                    case ExpansionException:
                        TellExpansion($"p{number}");
                        return;
                    case EndlessException:
                        isCut = true;
                        findings.Fail(PdfFindingCode.PageBroken, "A page cannot be read: what it draws, or a colour of it, leads back to itself.", $"p{number}");
                        break;
                    default:
                        if (filters.IsExceeded)
                        {
                            TellExpansion($"p{number}");
                            return;
                        }
                        findings.Fail(PdfFindingCode.PageBroken, "A page cannot be read.", $"p{number}");
                        break;
                }
            }
        }

        PageReading One(PdfDocument document, int number, PdfTables tables)
        {
            var fonts = document.GetPage<PageFonts>(number);
            var page = document.GetPage(number);
            var content = PageLoader.Load(page, options, fonts.Unmapped, fonts.HasEndlessImage);
            if (content.Glyphs.Count == 0 && content.Pictured > 0.3)
                Recognise(page, content, tables);
            return PageReading.Of(content, cancellation);
        }

        void Recognise(UglyToad.PdfPig.Content.Page page, PageContent content, PdfTables tables)
        {
            var locator = $"p{content.Number}";
            if (options.Ocr is not { } program)
            {
                findings.Warn(PdfFindingCode.OcrMissing, "A page is a picture, and no program to read its text is set up.", locator);
                return;
            }
            if (PagePicture.Of(page) is not { } picture)
            {
                findings.Warn(PdfFindingCode.PictureUnread, "The picture of a page is in a form that cannot be handed on.", locator);
                return;
            }
            var read = program.Read(picture.Image, cancellation);
            if (read is null)
            {
                findings.Warn(PdfFindingCode.OcrFailed, "The program that reads text from pictures failed or ran out of time.", locator);
                return;
            }
            content.OcrConfidence = picture.Lay(read, content);
            tables.AddOcr(content.Number, program.Engine, picture.Image.Dpi, content.OcrConfidence ?? 0);
        }

        void Tell(PageReading reading)
        {
            var (page, locator) = (reading.Content, $"p{reading.Content.Number}");
            letters += page.Glyphs.Count;
            if (page.IsCut)
            {
                isCut = true;
                findings.Fail(PdfFindingCode.PageTooLarge, "A page has more letters or lines than the limits; the rest was left out.", locator);
            }
            if (page.Has3D)
                findings.Tell(PdfFindingCode.Has3D, "A page shows a 3D model, which is not read.", locator);
            if (page.Unread >= LeastUnread && page.Unread > 0.2 * page.Glyphs.Count)
                findings.Warn(PdfFindingCode.TextUnreadable, "The fonts of a page do not say which characters their letters are; what was read of them is a guess.", locator);
            if (page is { Glyphs.Count: 0, Pictured: <= 0.3, Has3D: false } && page.Strokes.Count > 0)
                findings.Tell(PdfFindingCode.PageWithoutText, "A page has lines and no text; its text may be drawn as lines.", locator);
        }

        void TellTime()
        {
            isCut = true;
            findings.Fail(PdfFindingCode.TimeOver, "The time limit was reached; pages are missing.");
        }

        void TellExpansion(string? locator)
        {
            isCut = true;
            findings.Fail(PdfFindingCode.PageTooLarge, "The compressed parts of the file, the tables of its fonts or the forms of a page expand to more than the limits, or too many of its operators are broken.", locator);
        }
    }
}

namespace PyBase.Extraction;

/// <summary>Every code a <see cref="Finding"/> may carry. Programs may rely on them.</summary>
public static class FindingCode
{
    /// <summary>The stream holds no bytes. Error.</summary>
    public const string EmptyFile = "empty-file";
    /// <summary>The file is longer than the limit of bytes; what follows was left out. Error.</summary>
    public const string FileTooLarge = "file-too-large";
    /// <summary>Reading took longer than the limit of time; nothing is given. Error.</summary>
    public const string TimeOver = "time-over";
    /// <summary>Not an exchange structure of ISO 10303-21, or one of another schema than STEP. Error.</summary>
    public const string NotAStepFile = "not-a-step-file";
    /// <summary>The end mark <c>END-ISO-10303-21;</c> is missing: what follows the last whole instance is lost. Error.</summary>
    public const string FileTruncated = "file-truncated";
    /// <summary>More product structure than <see cref="Step.StepOptions"/> allows; what follows was left out. Error.</summary>
    public const string StructureTooLarge = "structure-too-large";
    /// <summary>A statement breaks the grammar and was skipped. Warning.</summary>
    public const string SyntaxError = "syntax-error";
    /// <summary>One instance is longer than the limit and was skipped. Warning.</summary>
    public const string InstanceTooLong = "instance-too-long";
    /// <summary>Parentheses nest deeper than the limit; the instance was skipped. Warning.</summary>
    public const string NestingTooDeep = "nesting-too-deep";
    /// <summary>Two instances carry one name; the first counts. Warning.</summary>
    public const string DuplicateId = "duplicate-id";
    /// <summary>An instance refers to one that is not there, or to one of another type. Warning.</summary>
    public const string DanglingReference = "dangling-reference";
    /// <summary>A text is longer than the limit and was cut. Warning.</summary>
    public const string TextCut = "text-cut";
    /// <summary>Raw 8-bit text of no declared encoding was read by the likeliest code page. Info.</summary>
    public const string EncodingGuessed = "encoding-guessed";
    /// <summary>A readable file without a product definition. Warning.</summary>
    public const string NoProductStructure = "no-product-structure";
    /// <summary>A product has neither id nor name. Info.</summary>
    public const string PartNumberMissing = "part-number-missing";
    /// <summary>A product without a definition has no place in the tree (often a document) and is left out. Info.</summary>
    public const string ProductWithoutDefinition = "product-without-definition";
    /// <summary>The file refers to another file, whose content is not here. Warning.</summary>
    public const string ExternalFileMissing = "external-file-missing";
    /// <summary>An assembly contains itself; the usage that closes the cycle is left out. Warning.</summary>
    public const string AssemblyCycle = "assembly-cycle";
    /// <summary>The tree is longer or deeper than the limits; the lines beyond are left out. Warning.</summary>
    public const string AssemblyCut = "assembly-cut";
    /// <summary>A stated quantity is missing or no number ≥ 0; it and the totals below are empty. Warning.</summary>
    public const string QuantityUnread = "quantity-unread";
    /// <summary>A total exceeds 2^53, beyond which numbers are not exact; it is empty. Warning.</summary>
    public const string QuantityTooLarge = "quantity-too-large";
    /// <summary>Neither text nor binary DXF. Error.</summary>
    public const string NotADxfFile = "not-a-dxf-file";
    /// <summary>The sections are whole and the end mark behind them is missing. Warning.</summary>
    public const string EndMarkMissing = "end-mark-missing";
    /// <summary>More content than <see cref="Dxf.DxfOptions"/> allows; what follows was left out. Error.</summary>
    public const string DrawingTooLarge = "drawing-too-large";
    /// <summary>One record has more values than the limit; the rest was left out. Warning.</summary>
    public const string RecordTooLong = "record-too-long";
    /// <summary>A table has more rows than the limit; the rest was left out. Warning.</summary>
    public const string RowsCut = "rows-cut";
    /// <summary>The file does not say its unit of length. Info.</summary>
    public const string UnitsUndeclared = "units-undeclared";
    /// <summary>The declared unit of length is not the one that dimensions are written in; of those each says its own. Warning.</summary>
    public const string UnitsContradict = "units-contradict";
    /// <summary>Not a DWG file, or one whose index of pages or objects cannot be read. Error.</summary>
    public const string NotADwgFile = "not-a-dwg-file";
    /// <summary>A version of the format that is not read: DWG before R2000, or one newer than R2018. Error.</summary>
    public const string UnsupportedVersion = "unsupported-version";
    /// <summary>A part of the file does not match its checksum: it was changed after it was written, so what it says may be wrong. Warning.</summary>
    public const string ChecksumMismatch = "checksum-mismatch";
}

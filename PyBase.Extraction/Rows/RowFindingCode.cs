namespace PyBase.Extraction.Rows;

/// <summary>The codes that only files of rows give rise to; the others are in <see cref="FindingCode"/>. Programs may rely on them.</summary>
public static class RowFindingCode
{
    /// <summary>A quoted text is not closed, so nobody can say where the next cell begins. Error.</summary>
    public const string QuoteOpen = "quote-not-closed";
    /// <summary>Neither delimited text, nor a workbook, nor JSON. Error.</summary>
    public const string NotRows = "not-a-file-of-rows";
    /// <summary>JSON that breaks the grammar, or whose rows are not objects. Error.</summary>
    public const string JsonBroken = "json-broken";
    /// <summary>One row is longer than the limit. Error.</summary>
    public const string RowTooLong = "row-too-long";
    /// <summary>More columns than the limit; those behind it were left out. Warning.</summary>
    public const string ColumnsCut = "columns-cut";
    /// <summary>Some lines are UTF-8 and others are not; each was read by its own. Warning.</summary>
    public const string EncodingsMixed = "encodings-mixed";
    /// <summary>Rows with more cells than the header has; the columns behind it have no name. Warning.</summary>
    public const string RowLonger = "row-longer-than-header";
    /// <summary>Rows with fewer cells than the header has; the rest of them is empty. Info.</summary>
    public const string RowShorter = "row-shorter-than-header";
    /// <summary>Cells shown as one hold their content in the first of them. Info.</summary>
    public const string CellsMerged = "cells-merged";
    /// <summary>The workbook has other sheets with content, which were not read. Info.</summary>
    public const string OtherSheets = "other-sheets";
    /// <summary>There is no sheet of that name. Error.</summary>
    public const string SheetMissing = "sheet-missing";
    /// <summary>The encoding that was asked for is not known. Error.</summary>
    public const string EncodingUnknown = "encoding-unknown";
}

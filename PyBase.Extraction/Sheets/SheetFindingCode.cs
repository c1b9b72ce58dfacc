namespace PyBase.Extraction.Sheets;

/// <summary>The codes that only spreadsheets and delimited text give rise to; the others are in <see cref="FindingCode"/>. Programs may rely on them.</summary>
public static class SheetFindingCode
{
    /// <summary>The archive is no workbook, or a part that it needs is missing or damaged. Error.</summary>
    public const string WorkbookBroken = "workbook-broken";
    /// <summary>The file is encrypted, or a binary workbook of Excel 97-2003. Error.</summary>
    public const string WorkbookUnsupported = "workbook-unsupported";
    /// <summary>The file or what it expands to is larger than the limits; the rest was not read. Error.</summary>
    public const string SheetTooLarge = "sheet-too-large";
    /// <summary>More cells or sheets than the limits; the rest was left out. Error.</summary>
    public const string CellsCut = "cells-cut";
    /// <summary>A formula has no stored result; its cell is empty. Warning.</summary>
    public const string FormulaWithoutValue = "formula-without-value";
    /// <summary>A sheet, row or column is hidden; its content was read. Info.</summary>
    public const string HiddenContent = "hidden-content";
    /// <summary>A part number has letters of two scripts that look alike; it is compared by the letters it looks like. Info.</summary>
    public const string Lookalikes = "part-number-lookalikes";
    /// <summary>A quoted text is not closed; it was read to the end of the file. Warning.</summary>
    public const string QuoteOpen = "quote-open";
}

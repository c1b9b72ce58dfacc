using System.Collections.Frozen;
using PyBase.Core.Schema;
using PyBase.Extraction;
using PyBase.Extraction.Envelope;

namespace PyBase.Workers.Extractions;

/// <summary>What a reader found in a file, of whatever format, as tables with fields that fit it: each row with where it stands in the file and how sure that is.</summary>
static class EnvelopeTables
{
    /// <summary>
    /// Definitions that say nothing about the content by themselves, where the fields that use them spell them out, and the single cells and columns of a sheet,
    /// whose rows are there.
    /// </summary>
    static readonly FrozenSet<string> NotWorthATable = FrozenSet.ToFrozenSet(["styles", "units", "cells", "columns", "sheets"]);

    /// <summary>Formats whose lengths are in the unit of the file; elsewhere columns and rows say theirs.</summary>
    static readonly FrozenSet<FileFormat> InFileUnits = FrozenSet.ToFrozenSet([FileFormat.Dxf, FileFormat.DxfBinary, FileFormat.Dwg, FileFormat.Ifc, FileFormat.IfcZip]);

    /// <summary>The tables in an order in which links lead back only.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="fileName">The file's name, after which the tables are called.</param>
    /// <param name="cancellation">Looked at while the rows are gone through, which is done once to see what they hold.</param>
    public static IReadOnlyList<ImportTable> Of(ExtractionResult result, string fileName, CancellationToken cancellation)
    {
        var tables = result.Tables.Where(t => StepFields.Has(result.Source.Format, t.Kind) || (t.RowCount > 0 && !NotWorthATable.Contains(t.Kind))).ToList();
        var made = new List<ImportTable>();
        var targets = new Dictionary<(string Kind, string Key), IReadOnlyDictionary<string, int>>();
        foreach (var table in EnvelopeLinks.Ordered(tables))
        {
            foreach (var key in EnvelopeLinks.KeysOf(table.Kind, tables))
                targets[(table.Kind, key)] = EnvelopeLinks.Places(table, key, cancellation);
            var links = EnvelopeLinks.From(table).Where(link => targets.ContainsKey((link.Target, link.Key)))
                .Select(link => new EnvelopeLink(link, table.IndexOf(link.Column), targets[(link.Target, link.Key)])).ToList();
            made.Add(Of(table, ColumnFacts.Of(table, cancellation), links, fileName, result));
        }
        return made;
    }

    static ImportTable Of(ExtractedTable table, ColumnFacts[] facts, List<EnvelopeLink> links, string fileName, ExtractionResult result)
    {
        var columns = new List<EnvelopeField>();
        var title = StepFields.Has(result.Source.Format, table.Kind) ? 0 : TitleOf(table, facts);
        var locator = new EnvelopeField(new FieldSpec("Locator", "singleLineText", Description: $"Where it stands in {fileName}."), row => row.Locator);
        if (title < 0)
            columns.Add(locator);
        foreach (var place in Enumerable.Range(0, table.Columns.Count).OrderBy(n => n == title ? 0 : 1))
        {
            columns.Add(links.Find(link => link.Column == place && link.Rule.Inverse is not null) is { } link ? Link(link, link.Rule.Inverse!)
                : StepFields.Of(result.Source.Format, table.Kind, table.Columns[place].Key) is { } agreed ? EnvelopeField.As(agreed, place)
                : EnvelopeField.Of(table.Columns[place], place, facts[place], isTitle: place == title));
        }
        columns.AddRange(links.Where(link => link.Rule.Inverse is null).Select(link => Link(link, FieldNames.Of(table.Kind))));
        if (title >= 0)
            columns.Add(locator);
        columns.Add(new EnvelopeField(new FieldSpec("Confidence", "percent", Description: "How sure the reader is; 100 % where the file says it in so many words."), row => row.Confidence));
        if (facts[^1].HasRaw)
            columns.Add(new EnvelopeField(new FieldSpec("Source text", "multilineText", Description: "What it was read from, as it stands in the file."), row => row.Raw));

        var names = new List<string>();
        foreach (var column in columns)
            names.Add(FreeName.Among(names, column.Spec.Name));
        var words = FieldNames.Plain(table.Kind);
        return new ImportTable(table.Kind, $"{FileStem.Of(fileName)} {words}", $"The {words} of {fileName}.{(InFileUnits.Contains(result.Source.Format) ? UnitsOf(result.Units) : "")}",
            [.. columns.Zip(names, (column, name) => new ImportField(column.Spec with { Name = name }, column.LinkRole))], table.RowCount,
            done => table.Rows.Skip(done).Select(row => columns.Select(column => column.Read(row)).ToArray()));
    }

    static EnvelopeField Link(EnvelopeLink link, string inverse) => new(new FieldSpec(link.Rule.Name, "multipleRecordLinks", InverseName: inverse), link.PlaceIn, link.Rule.Target);

    /// <summary>The column that people would call a row by; -1 where none is filled in every row.</summary>
    static int TitleOf(ExtractedTable table, ColumnFacts[] facts) => FieldNames.Titles.Select(table.IndexOf)
        .FirstOrDefault(place => place >= 0 && table.Columns[place].Type == ColumnType.Text && facts[place].IsFull && facts[place].MaxLength <= 1_000, -1);

    static string UnitsOf(ExtractionUnits units) => units.Source switch
    {
        UnitSource.Declared when units.Length is { } length => $" Lengths are in {length}, as the file says.",
        UnitSource.Assumed when units.Length is { } length => $" Lengths are probably in {length}; the file does not say so.",
        _ => " The file does not say in which unit its lengths are.",
    };
}

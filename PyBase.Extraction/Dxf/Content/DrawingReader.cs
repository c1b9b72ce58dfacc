using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Dxf.Tags;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Dxf.Content;

/// <summary>
/// Reads the sections into a <see cref="Drawing"/>. A record is known by its type, not by the section it stands in, so missing
/// sections and those in a wrong order do no harm:
/// <code>
/// 0 SECTION  2 BLOCKS   0 BLOCK … 0 LINE … 0 ENDBLK …   0 ENDSEC   0 SECTION  2 ENTITIES  0 INSERT … 0 ATTRIB … 0 SEQEND   0 ENDSEC   0 EOF
/// </code>
/// </summary>
sealed class DrawingReader
{
    // Parts of an entity that follow it as records of their own.
    static readonly KeywordSet Parts = new("VERTEX", "SEQEND", "ATTRIB");

    static readonly RecordType[] Kept =
    [
        TextEntity.Type, InsertEntity.Type, DimensionEntity.Type, ToleranceEntity.Type, LeaderEntity.Type, MultileaderEntity.Type, TableEntity.Type,
        BlockDefinition.Type, Layer.Type, NamedEntry.Type, DimensionStyle.Type, BlockRecord.Type, LayoutObject.Type, FileReference.Type,
    ];

    static readonly (KeywordSet Words, RecordType[] Types) Known = Index();

    readonly TagReader tags;
    readonly RecordFields fields;
    readonly FindingList findings;
    readonly DxfOptions options;
    readonly HashSet<ulong> handles = [];
    Section section;
    int block = -1, kept;
    InsertEntity? insert;

    enum Section { None, Header, Classes, Tables, Blocks, Entities, Objects, Other }

    public DrawingReader(TagReader tags, FindingList findings, DxfOptions options)
    {
        (this.tags, this.findings, this.options) = (tags, findings, options);
        Drawing = new Drawing(tags.Decoder);
        fields = new RecordFields(tags, Drawing, options, findings);
    }

    public Drawing Drawing { get; }

    /// <summary>Whether anything of a DXF file was seen.</summary>
    public bool IsDrawing { get; private set; }

    /// <summary>Whether the end mark was seen.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>Whether the stream ended before the section did.</summary>
    public bool IsInSection => section is not Section.None;

    /// <summary>Whether a limit ended the pass.</summary>
    public bool IsCut { get; private set; }

    public long Entities { get; private set; }

    public void Read()
    {
        var hasTag = tags.Read();
        while (hasTag)
        {
            if (tags.Code != 0)
                hasTag = tags.Code == 9 && section is Section.Header or Section.None ? ReadVariable() : tags.Read();
            else if (tags.Is("EOF"u8))
            {
                HasEnd = IsDrawing = true;
                return;
            }
            else
                hasTag = ReadRecord();
            if (kept + Drawing.Weight > options.MaxRecords || tags.Decoder.Characters > options.MaxTextCharacters)
            {
                IsCut = true;
                findings.Fail(FindingCode.DrawingTooLarge,
                    $"The drawing is larger than the limit of {options.MaxRecords:N0} records or {options.MaxTextCharacters:N0} characters; the rest was not read.");
                return;
            }
        }
    }

    bool ReadRecord()
    {
        var word = tags.Word;
        if (word.SequenceEqual("SECTION"u8))
            return ReadSection();
        if (word.SequenceEqual("ENDSEC"u8))
        {
            (section, block, insert) = (Section.None, -1, null);
            return tags.Read();
        }
        if (word.SequenceEqual("ENDBLK"u8))
        {
            var hasTag = fields.Skip(new Tally.Key(), out _);
            (block, insert) = (-1, null);
            return hasTag;
        }
        var known = Known.Words.IndexOf(word);
        if (known >= 0)
            return ReadKept(Known.Types[known]);
        return ReadOther(word);
    }

    bool ReadSection()
    {
        IsDrawing = true;
        (section, block, insert) = (Section.Other, -1, null);
        if (!tags.Read())
            return false;
        if (tags.Code != 2)
            return true;
        section = tags.Name().ToUpperInvariant() switch
        {
            "HEADER" => Section.Header,
            "CLASSES" => Section.Classes,
            "TABLES" => Section.Tables,
            "BLOCKS" => Section.Blocks,
            "ENTITIES" => Section.Entities,
            "OBJECTS" => Section.Objects,
            _ => Section.Other,
        };
        return tags.Read();
    }

    bool ReadVariable()
    {
        var name = tags.Name();
        if (!tags.Read())
            return false;
        if (tags.Code is 0 or 9)
            return true;
        IsDrawing = true;
        Drawing.Header.Take(name, tags);
        return tags.Read();
    }

    bool ReadKept(RecordType type)
    {
        var isEntity = IsEntity(type);
        if (isEntity && section is Section.Objects or Section.Classes)
            return ReadOther(tags.Word);
        var name = Drawing.Types.NumberOf(tags.Word);
        var record = type.Create();
        record.TypeName = Drawing.Types[name];
        var position = tags.Position;
        var hasTag = fields.Fill(type, record);
        if (record.Handle == 0)
            record.Place = tags.PlaceAt(position);
        record.Block = isEntity && type != BlockDefinition.Type ? block : -1;
        kept += record.Weight;
        if (record.Handle != 0 && !handles.Add(record.Handle))
            findings.Warn(FindingCode.DuplicateId, "Two records carry the same handle; references to it mean the first.", Spaces.Locator(record));
        Keep(record);
        if (isEntity && type != BlockDefinition.Type)
            Count(record, name);
        return hasTag;
    }

    static bool IsEntity(RecordType type) => Array.IndexOf(Kept, type) <= Array.IndexOf(Kept, BlockDefinition.Type);

    void Keep(DxfRecord record)
    {
        if (record is TextEntity { TypeName: "ATTRIB" } attribute && insert is not null && insert.Attributes.Count < options.MaxValuesPerRecord)
        {
            insert.Attributes.Add(attribute);
            return;
        }
        insert = record as InsertEntity;
        switch (record)
        {
            case TextEntity text: Drawing.Add(text); break;
            case InsertEntity one: Drawing.Add(one); break;
            case DimensionEntity dimension: Drawing.Add(dimension); break;
            case ToleranceEntity tolerance: Drawing.Add(tolerance); break;
            case LeaderEntity leader: Drawing.Add(leader); break;
            case MultileaderEntity leader: Drawing.Add(leader); break;
            case TableEntity table: Drawing.Add(table); break;
            case Layer layer: Drawing.Add(layer); break;
            case NamedEntry entry: Drawing.Add(entry); break;
            case DimensionStyle style: Drawing.Add(style); break;
            case BlockRecord entry: Drawing.Add(entry); break;
            case LayoutObject layout: Drawing.Add(layout); break;
            case FileReference file: Drawing.Add(file); break;
            case BlockDefinition definition:
                block = Drawing.Of<BlockDefinition>().Count;
                Drawing.Add(definition);
                break;
        }
    }

    void Count(DxfRecord record, int type)
    {
        Entities++;
        IsDrawing = true;
        if (record.TypeName != "ATTRIB")
            Drawing.Tally.Add(new Tally.Key(record.Block, record.Owner, record.IsInPaperSpace, type, record.Layer));
    }

    bool ReadOther(ReadOnlySpan<byte> word)
    {
        var isEntity = section is Section.Entities || (section is Section.Blocks && block >= 0);
        if (!isEntity)
            return fields.Skip(default, out _);
        var isPart = Parts.IndexOf(word) >= 0;
        if (word.SequenceEqual("SEQEND"u8))
            insert = null;
        var type = isPart ? -1 : Drawing.Types.NumberOf(word);
        var hasTag = fields.Skip(new Tally.Key(block, 0, false, type, -1), out var key);
        Entities++;
        if (!isPart)
        {
            insert = null;
            Drawing.Tally.Add(key);
        }
        return hasTag;
    }

    static (KeywordSet, RecordType[]) Index()
    {
        var all = Kept.SelectMany(type => type.Names.Select(name => (Name: name, Type: type))).ToList();
        return (new KeywordSet([.. all.Select(one => one.Name)]), [.. all.Select(one => one.Type)]);
    }
}

using System.Text;
using PyBase.Extraction.Dwg.Container;
using PyBase.Extraction.Dxf.Content;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>
/// Walks through the objects in the order in which a DXF file has them, and has each written as pairs: header, tables, blocks
/// with their entities, entities of model space and of the active layout, objects.
/// </summary>
sealed class DwgDrawing(
    DwgSections sections, DwgTags tags, ObjectIndex index, ObjectClasses classes, ObjectReader reader, FindingList findings, bool hasShapes, CancellationToken cancellation)
{
    static readonly string[] FileTypes = ["IMAGEDEF", "PDFDEFINITION", "DWFDEFINITION", "DGNDEFINITION"];

    readonly DwgNames names = new();
    readonly List<DwgBlock> blocks = [];
    readonly List<ulong> linetypes = [], layers = [], styles = [], dimensionStyles = [], layouts = [], files = [];
    readonly HashSet<ulong> seen = [];
    readonly Dictionary<ulong, List<ulong>> attributes = [];
    readonly Dictionary<ulong, List<ulong>> unlisted = [];
    ulong modelSpace, paperSpace;
    int objects;

    public IEnumerator<ulong> Records()
    {
        Survey();
        var tables = new TableTags(reader, tags, names);
        var entities = new EntityTags(reader, tags, names, classes, hasShapes);
        Section("HEADER"u8);
        Header();
        yield return 0;
        EndSection();
        Section("TABLES"u8);
        yield return 0;
        foreach (var (list, write) in new (List<ulong>, Action)[] { (linetypes, tables.Linetype), (layers, tables.Layer), (styles, tables.Style), (dimensionStyles, tables.DimensionStyle) })
        {
            foreach (var handle in list)
            {
                Write(handle, write);
                yield return handle;
            }
        }
        foreach (var block in blocks)
        {
            Write(block.Handle, () => tables.BlockRecord(block));
            yield return block.Handle;
        }
        EndSection();
        Section("BLOCKS"u8);
        yield return 0;
        foreach (var block in blocks)
        {
            var isMain = block.Handle == modelSpace || block.Handle == paperSpace;
            tables.Block(block);
            yield return block.Begin;
            if (!isMain)
            {
                foreach (var handle in EntitiesOf(block))
                {
                    WriteEntity(handle, block, entities);
                    yield return handle;
                }
            }
            tags.Begin("ENDBLK"u8);
        }
        EndSection();
        Section("ENTITIES"u8);
        yield return 0;
        foreach (var block in blocks.Where(block => block.Handle == modelSpace || block.Handle == paperSpace))
        {
            foreach (var handle in EntitiesOf(block))
            {
                WriteEntity(handle, block, entities);
                yield return handle;
            }
        }
        EndSection();
        Section("OBJECTS"u8);
        yield return 0;
        foreach (var handle in layouts)
        {
            Write(handle, tables.Layout);
            yield return handle;
        }
        foreach (var handle in files)
        {
            Write(handle, () => tables.FileReference(classes.NameOf(reader.Type)));
            yield return handle;
        }
        EndSection();
        tags.Begin("EOF"u8);
        yield return 0;
    }

    void Section(ReadOnlySpan<byte> name)
    {
        tags.Begin("SECTION"u8);
        tags.Add(2, name);
    }

    void EndSection() => tags.Begin("ENDSEC"u8);

    void Header()
    {
        tags.Add(9, "$ACADVER"u8);
        tags.Add(1, Encoding.ASCII.GetBytes(sections.Version switch
        {
            DwgVersion.R2000 => "AC1015",
            DwgVersion.R2004 => "AC1018",
            DwgVersion.R2007 => "AC1021",
            DwgVersion.R2010 => "AC1024",
            DwgVersion.R2013 => "AC1027",
            _ => "AC1032",
        }));
        tags.Add(9, "$DWGCODEPAGE"u8);
        tags.Add(3, Encoding.ASCII.GetBytes(DwgCodePages.NameOf(sections.CodePage)));
        var header = new DwgHeader(sections, tags);
        header.Write();
        header.WriteMeasurement();
        if (SummaryInfo.LastSavedBy(sections) is { Length: > 0 } person)
        {
            tags.Add(9, "$LASTSAVEDBY"u8);
            tags.AddText(1, person);
        }
        tags.Add(9, "$DIMSTYLE"u8);
        tags.AddText(2, names.Of(header.DimensionStyle));
    }

    // One pass over all objects finds what is referred to by name and what lies where.
    void Survey()
    {
        List<DwgBlock> found = [];
        foreach (var handle in index.Handles)
        {
            Step();
            var type = reader.TypeOf(handle);
            switch (type)
            {
                case ObjectClasses.Linetype: Named(linetypes, handle); break;
                case ObjectClasses.Layer: Named(layers, handle); break;
                case ObjectClasses.Style: Named(styles, handle); break;
                case ObjectClasses.DimensionStyle: Named(dimensionStyles, handle); break;
                case ObjectClasses.Application: Named(null, handle); break;
                case ObjectClasses.Layout: layouts.Add(handle); break;
                case ObjectClasses.BlockHeader:
                    if (Open(handle) && DwgBlock.Read(reader) is var block && !reader.IsDamaged)
                        found.Add(block);
                    else
                        Damaged(handle);
                    break;
                case -1:
                    Damaged(handle);
                    break;
                // R2000 has them among the later types.
                case >= 500 when classes.NameOf(type).SequenceEqual("LAYOUT"u8):
                    layouts.Add(handle);
                    break;
                case >= 500 when classes.NameOf(type) is { IsEmpty: false } name && FileTypes.Contains(Encoding.ASCII.GetString(name)):
                    files.Add(handle);
                    break;
            }
        }
        foreach (var block in found)
        {
            if (reader.TypeOf(block.Begin) == ObjectClasses.Block && Open(block.Begin))
            {
                reader.ReadEntity();
                if (reader.Text() is { Length: > 0 } name && !reader.IsDamaged && block.Name is [(byte)'*', _, ..] or [])
                    block.Name = name;
            }
            names.Set(block.Handle, block.Name);
            blocks.Add(block);
            var normal = Spaces.Normal(Encoding.ASCII.GetString(block.Name));
            if (modelSpace == 0 && normal.Equals(Spaces.ModelSpace, StringComparison.OrdinalIgnoreCase))
                modelSpace = block.Handle;
            else if (paperSpace == 0 && normal.Equals(Spaces.PaperSpace, StringComparison.OrdinalIgnoreCase))
                paperSpace = block.Handle;
        }
    }

    bool Open(ulong handle) => reader.Open(handle);

    void Step()
    {
        if ((++objects & 1023) == 0)
            cancellation.ThrowIfCancellationRequested();
    }

    void Damaged(ulong handle) => findings.Warn(FindingCode.SyntaxError, "Objects are damaged and were left out.", $"#{handle:X}");

    void Named(List<ulong>? list, ulong handle)
    {
        if (!Open(handle))
            return;
        reader.ReadObject();
        var name = reader.Text();
        if (reader.IsDamaged)
            return;
        names.Set(handle, name);
        list?.Add(handle);
    }

    // Has one object written; nothing of it remains when it is damaged.
    void Write(ulong handle, Action write)
    {
        Step();
        var start = tags.Count;
        if (Open(handle))
            write();
        if (reader.IsDamaged || reader.Self != handle)
        {
            tags.Cut(start);
            Damaged(handle);
        }
    }

    void WriteEntity(ulong handle, DwgBlock block, EntityTags entities)
    {
        List<ulong> following = [];
        Write(handle, () => following = entities.Write(block.Handle, isPaper: Spaces.Normal(Encoding.ASCII.GetString(block.Name)).StartsWith(Spaces.PaperSpace, StringComparison.OrdinalIgnoreCase)));
        foreach (var attribute in AttributesOf(handle, following))
            Write(attribute, () => entities.Write(handle, isPaper: false));
    }

    IEnumerable<ulong> AttributesOf(ulong insert, List<ulong> following)
    {
        if (following.Count == 0)
            yield break;
        if (sections.Version >= DwgVersion.R2004)
        {
            foreach (var handle in following)
            {
                if (IsPart(reader.TypeOf(handle)) && seen.Add(handle))
                    yield return handle;
            }
            yield break;
        }
        foreach (var handle in Chain(following[0], following[^1]))
        {
            if (IsPart(reader.TypeOf(handle)))
                yield return handle;
        }
    }

    // An attribute of a reference, a vertex of a polyline.
    static bool IsPart(int type) => type is ObjectClasses.Attribute or (>= ObjectClasses.Vertex2D and <= ObjectClasses.FaceVertex);

    // Each entity is written once, whatever lists and chains say.
    IEnumerable<ulong> EntitiesOf(DwgBlock block)
    {
        if (sections.Version < DwgVersion.R2004)
            return block.Chain.First == 0 ? [] : Chain(block.Chain.First, block.Chain.Last);
        return block.Entities.Where(handle => handle != 0 && seen.Add(handle));
    }

    IEnumerable<ulong> Chain(ulong first, ulong last)
    {
        for (var handle = first; handle != 0 && seen.Add(handle);)
        {
            Step();
            if (!Open(handle))
            {
                findings.Fail(FindingCode.FileTruncated, "A chain of entities is broken: the entities behind it are lost.", $"#{handle:X}");
                yield break;
            }
            reader.ReadEntity();
            var next = reader.NextEntity;
            yield return handle;
            if (handle == last)
                yield break;
            handle = next;
        }
    }
}

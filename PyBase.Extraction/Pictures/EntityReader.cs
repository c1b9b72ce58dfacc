using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Pictures;

/// <summary>A block: its entities and the point that is put where a reference stands.</summary>
sealed class Block(string name)
{
    public string Name => name;
    public (double X, double Y) Base { get; set; }
    public List<Entity> Entities { get; } = [];
}

/// <summary>A layer as far as it shows.</summary>
sealed record LayerLook(int Color, int? Rgb, int Weight, bool IsShown);

/// <summary>Reads what can be seen of a drawing, from DXF or from the same pairs made of DWG.</summary>
sealed class EntityReader(TagReader tags, PictureOptions options)
{
    const string ModelSpace = "*Model_Space", PaperSpace = "*Paper_Space";

    static readonly HashSet<string> Shown = new(StringComparer.Ordinal)
    {
        "LINE", "ARC", "CIRCLE", "ELLIPSE", "LWPOLYLINE", "POLYLINE", "SPLINE", "TEXT", "MTEXT", "ATTRIB", "INSERT", "DIMENSION", "ARC_DIMENSION", "LARGE_RADIAL_DIMENSION",
        "HATCH", "SOLID", "TRACE", "3DFACE", "POINT", "LEADER", "ACAD_TABLE", "TOLERANCE", "VERTEX", "MULTILEADER",
    };

    readonly Dictionary<string, Block> blocks = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<ulong, string> records = [];
    readonly List<(string Name, ulong Content)> layouts = [];
    readonly List<Entity> loose = [];
    int entities, values;

    public Dictionary<string, LayerLook> Layers { get; } = new(StringComparer.OrdinalIgnoreCase);
    public bool IsCut { get; private set; }

    public Block? BlockOf(string name) => blocks.GetValueOrDefault(name);

    /// <summary>The layouts that show something, model space first.</summary>
    public List<(string Name, Block Content)> Spaces { get; } = [];

    public void Read()
    {
        Block? block = null;
        Entity? whole = null;
        var section = "";
        var hasTag = tags.Read();
        while (hasTag)
        {
            if (tags.Code != 0)
            {
                hasTag = tags.Read();
                continue;
            }
            var type = tags.Name();
            switch (type)
            {
                case "EOF":
                    hasTag = false;
                    break;
                case "SECTION":
                    hasTag = tags.Read();
                    section = hasTag && tags.Code == 2 ? tags.Name() : "";
                    (block, whole) = (null, null);
                    break;
                case "BLOCK":
                    var start = new Entity { Type = type };
                    hasTag = Fill(start, isKept: true);
                    block = blocks.TryGetValue(start.Name, out var known) ? new Block(start.Name) : blocks[start.Name] = new Block(start.Name);
                    block.Base = (start[10], start[20]);
                    whole = null;
                    break;
                case "ENDBLK":
                    block = null;
                    hasTag = tags.Read();
                    break;
                case "LAYER" or "BLOCK_RECORD" or "LAYOUT":
                    hasTag = Entry(type);
                    break;
                default:
                    var isKept = Shown.Contains(type) && section is "ENTITIES" or "BLOCKS" && entities < options.MaxEntities && values < options.MaxValues;
                    IsCut |= Shown.Contains(type) && !isKept && section is "ENTITIES" or "BLOCKS";
                    var entity = new Entity { Type = type };
                    hasTag = Fill(entity, isKept);
                    if (!isKept)
                        break;
                    entities++;
                    values += entity.Values.Count + (entity.Text.Length / 8);
                    if (type is "VERTEX" && whole?.Type == "POLYLINE" || type == "ATTRIB" && whole?.Type == "INSERT")
                        whole!.Parts.Add(entity);
                    else
                    {
                        whole = entity;
                        (block?.Entities ?? loose).Add(entity);
                    }
                    break;
            }
        }
        Settle();
    }

    bool Fill(Entity entity, bool isKept)
    {
        bool isGroup = false, isForeign = false;
        while (tags.Read())
        {
            var code = tags.Code;
            if (code == 0)
                return true;
            if (code == 102)
                isGroup = tags.Word is [(byte)'{', ..];
            isForeign |= code is 101 or >= 1000;
            if (!isKept || isGroup || isForeign)
                continue;
            switch (code)
            {
                case 1 or 3 when entity.Text.Length < 10_000 && entity.Type is "TEXT" or "MTEXT" or "ATTRIB" && (code == 1 || entity.Type == "MTEXT"):
                    entity.Text += tags.Text();
                    break;
                // Of a MULTILEADER the brackets around its lines, and its text.
                case >= 300 and <= 305 when entity.Type == "MULTILEADER":
                    if (code == 304 && !tags.Is("LEADER_LINE{"u8) && entity.Text.Length == 0)
                        entity.Text = tags.Text();
                    else
                        entity.Values.Add((tags.Word is [.., (byte)'{'] ? code : 305, 0));
                    break;
                case 2 when entity.Name.Length == 0:
                    entity.Name = tags.Name();
                    break;
                case 5: entity.Handle = tags.Handle(); break;
                case 8: entity.Layer = tags.Name(); break;
                case 62: entity.Color = tags.Small(); break;
                case 67: entity.IsInPaperSpace = tags.Integer() == 1; break;
                case 330 when entity.Owner == 0: entity.Owner = tags.Handle(); break;
                case 370: entity.Weight = tags.Small(); break;
                case 420: entity.Rgb = tags.Small() & 0xFFFFFF; break;
                case (>= 10 and <= 59) or (>= 70 and <= 79) or (>= 90 and <= 99) or (>= 210 and <= 239) when entity.Values.Count < options.MaxValues:
                    entity.Values.Add((code, tags.Real()));
                    break;
            }
        }
        return false;
    }

    bool Entry(string type)
    {
        string name = "", layout = "";
        ulong handle = 0, content = 0;
        int color = 7, weight = -3, flags = 0;
        int? rgb = null;
        var hasTag = false;
        while ((hasTag = tags.Read()) && tags.Code != 0)
        {
            switch (tags.Code)
            {
                case 1: layout = tags.Name(); break;
                case 2: name = tags.Name(); break;
                case 5: handle = tags.Handle(); break;
                case 62: color = tags.Small(); break;
                case 70: flags = tags.Small(); break;
                case 330: content = tags.Handle(); break;
                case 370: weight = tags.Small(); break;
                case 420: rgb = tags.Small() & 0xFFFFFF; break;
            }
        }
        const int most = 100_000;
        if (type == "LAYER" && Layers.Count < most)
            Layers.TryAdd(name, new LayerLook((int)Math.Min(255, Math.Abs((long)color)), rgb, weight, color >= 0 && (flags & 1) == 0));
        else if (type == "BLOCK_RECORD" && records.Count < most)
            records.TryAdd(handle, name);
        else if (type == "LAYOUT" && layouts.Count < most)
            layouts.Add((layout, content));
        return hasTag;
    }

    // ENTITIES holds model space and the active layout; the other layouts are blocks.
    void Settle()
    {
        foreach (var entity in loose)
        {
            var name = records.TryGetValue(entity.Owner, out var owner) && (owner.StartsWith(ModelSpace, StringComparison.OrdinalIgnoreCase) || owner.StartsWith(PaperSpace, StringComparison.OrdinalIgnoreCase))
                ? owner : entity.IsInPaperSpace ? PaperSpace : ModelSpace;
            if (!blocks.TryGetValue(name, out var space))
                blocks.Add(name, space = new Block(name));
            space.Entities.Add(entity);
        }
        if (BlockOf(ModelSpace) is { Entities.Count: > 0 } model)
            Spaces.Add(("Model", model));
        foreach (var (name, content) in layouts)
        {
            if (records.TryGetValue(content, out var block) && BlockOf(block) is { Entities.Count: > 0 } space && Spaces.TrueForAll(each => each.Content != space))
                Spaces.Add((name, space));
        }
        if (BlockOf(PaperSpace) is { Entities.Count: > 0 } paper && Spaces.TrueForAll(each => each.Content != paper))
            Spaces.Add(("Paper", paper));
    }
}

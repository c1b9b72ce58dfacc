using PyBase.Extraction.Dwg.Objects;
using PyBase.Extraction.Dxf.Text;

namespace PyBase.Extraction.Pictures;

/// <summary>Draws a block's entities, and those of the blocks it refers to.</summary>
sealed class Drawer(EntityReader drawing, Strokes strokes, PictureOptions options)
{
    const double Radians = Math.PI / 180;
    const int MostPlaces = 10_000, UsualWeight = 25, MostLines = 200;

    int places;

    public bool IsCut { get; private set; }

    public void Draw(Block block) => Draw(block.Entities, Matrix.Identity, new Look(0, UsualWeight), "0", 0);

    void Draw(List<Entity> entities, Matrix map, Look around, string layerAround, int depth)
    {
        foreach (var entity in entities)
        {
            if (strokes.IsFull)
            {
                IsCut = true;
                return;
            }
            if (depth == 0)
                strokes.Begin(entity.Handle, entity.Layer);
            // What lies on layer 0 in a block lies where the reference does.
            var layer = entity.Layer == "0" && depth > 0 ? layerAround : entity.Layer;
            var look = drawing.Layers.GetValueOrDefault(layer);
            if (look is { IsShown: false })
                continue;
            Draw(entity, map, LookOf(entity, look, around), layer, depth);
        }
    }

    static Look LookOf(Entity entity, LayerLook? layer, Look around)
    {
        var rgb = entity.Rgb ?? entity.Color switch
        {
            0 => around.Rgb,
            > 0 and < 256 => OnPaper(LayerColors.Rgb(entity.Color)),
            _ => layer?.Rgb ?? OnPaper(LayerColors.Rgb(layer?.Color ?? 7)),
        };
        var weight = entity.Weight switch { -1 => layer?.Weight ?? UsualWeight, -2 => around.Weight, var own => own };
        return new Look(rgb, weight < 0 ? UsualWeight : Math.Min(weight, 211));
    }

    // Drawings are made on black; white lines are black on paper, and light ones are darker.
    static int OnPaper(int rgb)
    {
        var (r, g, b) = (rgb >> 16, (rgb >> 8) & 255, rgb & 255);
        var light = ((0.3 * r) + (0.59 * g) + (0.11 * b)) / 255;
        if (r == g && g == b && r > 200)
            return 0;
        if (light < 0.6)
            return rgb;
        var part = 0.55 / light;
        return ((int)(r * part) << 16) | ((int)(g * part) << 8) | (int)(b * part);
    }

    void Draw(Entity entity, Matrix map, Look look, string layer, int depth)
    {
        switch (entity.Type)
        {
            case "LINE":
                strokes.Add(look, map, [(entity[10], entity[20]), (entity[11], entity[21])]);
                break;
            case "ARC":
                strokes.Add(look, map.After(entity.Plane), Curves.Arc(entity[10], entity[20], entity[40], entity[50] * Radians, entity[51] * Radians));
                break;
            case "CIRCLE":
                strokes.Add(look, map.After(entity.Plane), Curves.Arc(entity[10], entity[20], entity[40], 0, Math.Tau));
                break;
            case "ELLIPSE":
                // Its axis is of the world; a normal downwards turns the direction.
                var (start, end) = (entity[41], entity[42, Math.Tau]);
                var ratio = entity[230, 1] < 0 ? -entity[40] : entity[40];
                strokes.Add(look, map, Curves.Ellipse(entity[10], entity[20], entity[11], entity[21], ratio, start, end));
                break;
            case "LWPOLYLINE":
                strokes.Add(look, map.After(entity.Plane), Curves.Polyline(Vertices(entity), ((int)entity[70] & 1) != 0));
                break;
            case "POLYLINE":
                const int closed = 1, frame = 16, meshes = 16 | 64;
                if (((int)entity[70] & meshes) == 0)
                {
                    var vertices = entity.Parts.Where(part => ((int)part[70] & frame) == 0).Select(part => (part[10], part[20], part[42])).ToList();
                    strokes.Add(look, map.After(entity.Plane), Curves.Polyline(vertices, ((int)entity[70] & closed) != 0));
                }
                break;
            case "SPLINE":
                var control = entity.Points(10);
                strokes.Add(look, map, control.Count > 0 ? Curves.Spline((int)entity[71, 3], entity.All(40), control, entity.All(41)) : entity.Points(11));
                break;
            case "SOLID" or "TRACE":
                // The third and fourth corner are crossed.
                List<(double, double)> corners = [(entity[10], entity[20]), (entity[11], entity[21]), (entity[13, entity[12]], entity[23, entity[22]]), (entity[12], entity[22]), (entity[10], entity[20])];
                strokes.Add(look with { Fill = 1 }, map.After(entity.Plane), corners);
                break;
            case "3DFACE":
                strokes.Add(look, map, [(entity[10], entity[20]), (entity[11], entity[21]), (entity[12], entity[22]), (entity[13], entity[23]), (entity[10], entity[20])]);
                break;
            case "HATCH":
                foreach (var path in HatchPaths.Of(entity))
                    strokes.Add(look with { Fill = entity[70] == 1 ? 0.5 : 0.1, Weight = 5 }, map.After(entity.Plane), path);
                break;
            case "LEADER":
                strokes.Add(look, map, entity.Points(10));
                break;
            case "MULTILEADER":
                Multileader(entity, map, look);
                break;
            case "POINT":
                var (x, y) = (entity[10], entity[20]);
                strokes.Add(look with { Weight = 100 }, map, [(x, y), (x, y)]);
                break;
            case "TEXT" or "ATTRIB":
                Line(entity, map.After(entity.Plane), look);
                break;
            case "MTEXT" or "TOLERANCE":
                Lines(entity, map, look);
                break;
            case "INSERT" or "ACAD_TABLE":
                Insert(entity, map, look, layer, depth);
                break;
            case "DIMENSION" or "ARC_DIMENSION" or "LARGE_RADIAL_DIMENSION":
                if (Enter(entity.Name, depth) is { } shown)
                    Draw(shown.Entities, map, look, layer, depth + 1);
                break;
        }
    }

    // 300 CONTEXT_DATA{ 12 22 text 41 height  302 LEADER{ 10 20 landing  11 21 direction  40 length  304 LEADER_LINE{ 10 20 … 305 }
    void Multileader(Entity leader, Matrix map, Look look)
    {
        var around = 0;
        (double X, double Y) landing = default, direction = default, text = default;
        double length = 0, height = 0, turn = 0;
        List<(double X, double Y)>? line = null;
        foreach (var (code, value) in leader.Values)
        {
            switch (code)
            {
                case 300 or 302: around = code; break;
                case 304: (around, line) = (code, []); break;
                case 305 when around == 304:
                    strokes.Add(look, map, [.. line!, landing, (landing.X + (direction.X * length), landing.Y + (direction.Y * length))]);
                    around = 305;
                    break;
                case 10 when around == 304: line!.Add((value, 0)); break;
                case 20 when around == 304 && line!.Count > 0: line[^1] = line[^1] with { Y = value }; break;
                case 10 when around == 302: landing.X = value; break;
                case 20 when around == 302: landing.Y = value; break;
                case 11 when around == 302: direction.X = value; break;
                case 21 when around == 302: direction.Y = value; break;
                case 40 when around == 302: length = value; break;
                case 12 when around == 300: text.X = value; break;
                case 22 when around == 300: text.Y = value; break;
                case 41 when around == 300: height = value; break;
                case 42 when around == 300: turn = value / Radians; break;
            }
        }
        if (leader.Text.Length == 0 || height <= 0)
            return;
        var written = new Entity { Type = "MTEXT", Text = leader.Text };
        written.Values.AddRange([(10, text.X), (20, text.Y), (40, height), (50, turn)]);
        Lines(written, map, look);
    }

    static List<(double X, double Y, double Bulge)> Vertices(Entity polyline)
    {
        List<(double X, double Y, double Bulge)> vertices = [];
        foreach (var (code, value) in polyline.Values)
        {
            if (code == 10)
                vertices.Add((value, 0, 0));
            else if (vertices.Count > 0 && code == 20)
                vertices[^1] = vertices[^1] with { Y = value };
            else if (vertices.Count > 0 && code == 42)
                vertices[^1] = vertices[^1] with { Bulge = value };
        }
        return vertices;
    }

    Block? Enter(string name, int depth)
    {
        if (drawing.BlockOf(name) is not { } block)
            return null;
        if (depth < options.MaxDepth)
            return block;
        IsCut = true;
        return null;
    }

    void Insert(Entity insert, Matrix map, Look look, string layer, int depth)
    {
        foreach (var attribute in insert.Parts.Where(part => ((int)part[70] & 1) == 0))
            Draw([attribute], map, look, layer, depth + 1);
        if (Enter(insert.Name, depth) is not { Entities.Count: > 0 } block)
            return;
        // Columns and rows go along the turned axes.
        var isTable = insert.Type == "ACAD_TABLE";
        var (columns, rows) = isTable ? (1, 1) : (Math.Max(1, (int)insert[70, 1]), Math.Max(1, (int)insert[71, 1]));
        var here = map.After(insert.Plane).After(Matrix.Move(insert[10], insert[20])).After(isTable ? Matrix.Identity : Matrix.Turn(insert[50]));
        var scale = isTable ? Matrix.Identity : Matrix.Scale(insert[41, 1], insert[42, 1]);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (++places > MostPlaces * 10 || strokes.IsFull)
                {
                    IsCut = true;
                    return;
                }
                Draw(block.Entities, here.After(Matrix.Move(column * insert[44], row * insert[45])).After(scale).After(Matrix.Move(-block.Base.X, -block.Base.Y)), look, layer, depth + 1);
            }
        }
    }

    // 72 along the line: 0 left 1 middle 2 right 3 aligned 4 middle of all 5 fit; 73 across: 0 baseline 1 bottom 2 middle 3 top.
    void Line(Entity entity, Matrix map, Look look)
    {
        var text = TextMarkup.PlainLine(entity.Text).Replace('\n', ' ');
        if (string.IsNullOrWhiteSpace(text))
            return;
        var (along, across) = ((int)entity[72], (int)entity[entity.Type == "ATTRIB" ? 74 : 73]);
        var isAligned = along is 3 or 5;
        var byPoint = (along != 0 || across != 0) && !isAligned;
        var (x, y) = byPoint ? (entity[11, entity[10]], entity[21, entity[20]]) : (entity[10], entity[20]);
        var height = Math.Max(entity[40, 1], 1e-9);
        var turn = isAligned ? Math.Atan2(entity[21] - y, entity[11] - x) / Radians : entity[50];
        var down = along == 4 || across == 2 ? 0.5 : across == 3 ? 1 : across == 1 ? -0.2 : 0;
        var width = entity[41, 1] is > 0 and < 100 and var factor ? factor : 1;
        // 71: 2 backwards, 4 upside down.
        var (flipX, flipY) = (((int)entity[71] & 2) != 0 ? -1 : 1, ((int)entity[71] & 4) != 0 ? -1 : 1);
        if (isAligned && Math.Sqrt(Math.Pow(entity[11] - x, 2) + Math.Pow(entity[21] - y, 2)) is > 0 and var length)
            width = length / (text.Length * Strokes.LetterWidth * height);
        strokes.Add(new DrawnText(text, map.After(Matrix.Move(x, y)).After(Matrix.Turn(turn)).After(Matrix.Scale(height * width * flipX, height * flipY)).After(Matrix.Move(0, -down)),
            along is 1 or 4 ? 1 : along == 2 ? 2 : 0, look.Rgb));
    }

    // 71 place of the point: 1 top left … 3 top right, 4 … 6 middle, 7 … 9 bottom; 41 width at which lines break; 44 factor between lines.
    void Lines(Entity entity, Matrix map, Look look)
    {
        var plain = entity.Type == "TOLERANCE" ? ToleranceText(entity.Text) : TextMarkup.Plain(entity.Text);
        var height = Math.Max(entity[40, 2.5], 1e-9);
        var lines = Wrap(plain, entity[41] / (height * Strokes.LetterWidth));
        var place = (int)entity[71, 1] is >= 1 and <= 9 and var given ? given : 1;
        var spacing = entity[44, 1] is > 0.1 and < 10 and var factor ? factor * 1.67 : 1.67;
        var turn = entity.Values.Exists(pair => pair.Code == 11) ? Math.Atan2(entity[21], entity[11]) / Radians : entity[50];
        var rows = lines.Count - 1;
        var first = place <= 3 ? -1 : place <= 6 ? (rows * spacing / 2) - 0.5 : rows * spacing;
        var own = map.After(Matrix.Move(entity[10], entity[20])).After(Matrix.Turn(turn)).After(Matrix.Scale(height, height));
        for (var i = 0; i < lines.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
                strokes.Add(new DrawnText(lines[i], own.After(Matrix.Move(0, first - (i * spacing))), (place - 1) % 3, look.Rgb));
        }
    }

    static string ToleranceText(string raw) => string.Join('\n', ToleranceFrame.Read(raw).Select(row => row.Text));

    static List<string> Wrap(string text, double letters)
    {
        List<string> lines = [];
        foreach (var line in text.Split('\n').Take(MostLines))
        {
            var rest = line.Replace('\t', ' ').TrimEnd('\r');
            while (letters > 2 && rest.Length > letters * 1.15 && lines.Count < MostLines)
            {
                var at = rest.LastIndexOf(' ', Math.Min(rest.Length - 1, (int)(letters * 1.1)));
                if (at <= 0)
                    break;
                lines.Add(rest[..at]);
                rest = rest[(at + 1)..];
            }
            lines.Add(rest);
        }
        return lines;
    }
}

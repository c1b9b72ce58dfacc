using System.Globalization;

namespace PyBase.Extraction.Step;

/// <summary>
/// Colours and layers of one file: STYLED_ITEM(name, styles, item) leads through presentation styles to a COLOUR_RGB or a named
/// colour, PRESENTATION_LAYER_ASSIGNMENT(name, description, items) lists what is on a layer.
/// </summary>
sealed class Appearance
{
    const int MaxDepth = 12;

    readonly StepGraph graph;
    readonly Dictionary<int, string> colours = [];
    readonly Dictionary<int, string> layerOf = [];
    readonly Dictionary<int, string?> styles = [];

    public Appearance(StepGraph graph)
    {
        this.graph = graph;
        foreach (var styled in graph.Of(StepWord.StyledItem, StepWord.OverRidingStyledItem))
        {
            var item = graph.Reference(styled, 2, StepWord.StyledItem, 1);
            foreach (var style in graph.Targets(styled, 1, StepWord.StyledItem, 0))
            {
                if (item >= 0 && Colour(style, 0) is { } colour)
                    colours.TryAdd(item, colour);
            }
        }
        foreach (var assignment in graph.Of(StepWord.PresentationLayerAssignment))
        {
            var name = graph.Text(assignment, 0);
            var items = graph.Targets(assignment, 2);
            Layers.Add((name, graph.Text(assignment, 1), items.Count, assignment));
            foreach (var item in items)
            {
                var shown = graph.Kind(item, StepWord.StyledItem, StepWord.OverRidingStyledItem) is null ? item : graph.Reference(item, 2, StepWord.StyledItem, 1);
                layerOf.TryAdd(shown, name);
            }
        }
    }

    public List<(string Name, string Description, int Items, int Place)> Layers { get; } = [];

    /// <summary>The colour of what a representation shows: its items', else that of most faces, else its own.</summary>
    public string? ColourOf(int rep)
    {
        var count = new Dictionary<string, int>();
        foreach (var item in Items(rep))
        {
            if (colours.TryGetValue(item, out var whole))
                return whole;
            foreach (var part in Parts(item, 0))
            {
                if (colours.TryGetValue(part, out var colour))
                    count[colour] = count.GetValueOrDefault(colour) + 1;
            }
        }
        return count.Count > 0
            ? count.OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).First().Key
            : colours.GetValueOrDefault(rep);
    }

    /// <summary>The layers of what a representation shows.</summary>
    public IEnumerable<string> LayersOf(int rep)
    {
        if (layerOf.Count == 0)
            return [];
        SortedSet<string> names = new(StringComparer.Ordinal);
        foreach (var item in Items(rep).Prepend(rep))
        {
            if (layerOf.TryGetValue(item, out var name))
                names.Add(name);
        }
        return names;
    }

    List<int> Items(int rep) => graph.Targets(rep, 1, StepWord.Representation, 1);

    // Solids to shells to faces.
    IEnumerable<int> Parts(int item, int depth)
    {
        if (depth > 4)
            yield break;
        List<int> next = graph.Word(item) switch
        {
            StepWord.ManifoldSolidBrep or StepWord.BrepWithVoids or StepWord.FacetedBrep => [graph.Reference(item, 1)],
            StepWord.ShellBasedSurfaceModel or StepWord.ClosedShell or StepWord.OpenShell or StepWord.ConnectedFaceSet or StepWord.FaceBasedSurfaceModel => graph.Targets(item, 1),
            _ => [],
        };
        foreach (var part in next)
        {
            yield return part;
            foreach (var inner in Parts(part, depth + 1))
                yield return inner;
        }
    }

    // Styles are used again and again, so each is followed once.
    string? Colour(int place, int depth)
    {
        if (place < 0 || depth > MaxDepth)
            return null;
        if (styles.TryGetValue(place, out var known))
            return known;
        styles[place] = null;
        return styles[place] = Follow(place, depth);
    }

    string? Follow(int place, int depth)
    {
        switch (graph.Word(place))
        {
            case StepWord.ColourRgb:
                return Rgb(place);
            case StepWord.DraughtingPreDefinedColour or StepWord.PreDefinedColour:
                return Named(graph.Text(place, 0));
            case StepWord.PresentationStyleAssignment or StepWord.PresentationStyleByContext:
                return graph.Targets(place, 0).Select(next => Colour(next, depth + 1)).FirstOrDefault(each => each is not null);
            case StepWord.SurfaceStyleUsage or StepWord.FillAreaStyleColour:
                // SURFACE_STYLE_USAGE(side, style); FILL_AREA_STYLE_COLOUR(name, colour)
                return Colour(graph.Reference(place, 1), depth + 1);
            case StepWord.SurfaceSideStyle or StepWord.FillAreaStyle:
                return graph.Targets(place, 1).Select(next => Colour(next, depth + 1)).FirstOrDefault(each => each is not null);
            case StepWord.SurfaceStyleFillArea:
                return Colour(graph.Reference(place, 0), depth + 1);
            case StepWord.SurfaceStyleRendering or StepWord.SurfaceStyleRenderingWithProperties:
                // SURFACE_STYLE_RENDERING(method, colour)
                return Colour(graph.Reference(place, 1), depth + 1);
            default:
                return null;
        }
    }

    string? Rgb(int place)
    {
        var arguments = graph.Arguments(place);
        Span<int> parts = stackalloc int[3];
        if (!arguments.Skip(1))
            return null;
        for (var i = 0; i < 3; i++)
        {
            if (!arguments.Next() || !arguments.TryNumber(out var value))
                return null;
            // Some write 0 to 255 where the standard says 0 to 1.
            parts[i] = (int)Math.Round(Math.Clamp(value > 1 ? value / 255 : value, 0, 1) * 255);
        }
        return string.Create(CultureInfo.InvariantCulture, $"#{parts[0]:X2}{parts[1]:X2}{parts[2]:X2}");
    }

    static string? Named(string name) => name.ToUpperInvariant() switch
    {
        "RED" => "#FF0000",
        "GREEN" => "#00FF00",
        "BLUE" => "#0000FF",
        "YELLOW" => "#FFFF00",
        "MAGENTA" => "#FF00FF",
        "CYAN" => "#00FFFF",
        "BLACK" => "#000000",
        "WHITE" => "#FFFFFF",
        _ => null,
    };
}

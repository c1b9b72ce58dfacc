using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Pictures;

/// <summary>
/// A layout of a DXF or DWG file as SVG: lines, arcs, circles, ellipses, polylines with bulges, splines, texts, references to blocks
/// with nesting and grids, boundaries of hatches, dimensions and tables by the blocks that show them, in the colours and widths of
/// their layers. From above; what is tilted is projected.
/// </summary>
public static class DrawingPicture
{
    /// <summary>Reads the stream once. Bad input never throws: what cannot be read is not drawn.</summary>
    /// <param name="stream">Readable; stays the caller's.</param>
    /// <param name="format">DXF, binary DXF or DWG.</param>
    /// <param name="options">What to show, and guards; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at while reading and drawing.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Picture Svg(Stream stream, FileFormat format, PictureOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new PictureOptions();
        return TimeLimit.Run(options.Reading.MaxTime, options.Reading.Clock, cancellation => Within(stream, format, options, cancellation), findings => new Picture(Empty, [], "", true, findings.Items), cancellationToken);
    }

    static string Empty => new SvgWriter(new Strokes(0, CancellationToken.None)).Write(new Strokes(0, CancellationToken.None));

    static Picture Within(Stream stream, FileFormat format, PictureOptions options, CancellationToken cancellation)
    {
        var findings = new FindingList();
        var text = new TagText(options.Reading.MaxTextLength);
        using TagReader tags = format == FileFormat.Dwg
            ? DwgReader.Tags(stream, text, options.Reading, findings, cancellation)
            : DxfReader.Tags(stream, text, options.Reading, null, findings, cancellation, out _);
        var reader = new EntityReader(tags, options);
        reader.Read();
        var (name, block) = reader.Spaces.Find(space => space.Name.Equals(options.Layout, StringComparison.OrdinalIgnoreCase)) is { Content: not null } wanted ? wanted : reader.Spaces.FirstOrDefault();
        var strokes = new Strokes(options.MaxPoints, cancellation);
        var drawer = new Drawer(reader, strokes, options);
        if (block is not null)
            drawer.Draw(block);
        return new Picture(
            new SvgWriter(strokes).Write(strokes), [.. reader.Spaces.Select(space => space.Name)], name ?? "",
            reader.IsCut || drawer.IsCut || strokes.IsCut, findings.Items);
    }
}

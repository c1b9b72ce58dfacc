namespace PyBase.Extraction.Step;

/// <summary>A surface that may reach further inside a face than the face's edges do.</summary>
abstract class Surface
{
    /// <summary>Where it reaches furthest in a direction, at least locally; only what reaches further than known matters.</summary>
    public abstract IEnumerable<Vec3> Summits(Vec3 direction, double known);

    /// <summary>The normal at a point of the surface or near it.</summary>
    public abstract Vec3 Normal(Vec3 point);

    /// <summary>Whether two points of it are on one sheet, where it has several that meet in points only.</summary>
    public virtual bool IsOneSheet(Vec3 a, Vec3 b) => true;
}

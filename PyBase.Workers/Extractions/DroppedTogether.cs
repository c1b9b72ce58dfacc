using Microsoft.Extensions.Caching.Memory;
using PyBase.Extraction;
using PyBase.Extraction.Step;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Extractions;

/// <summary>What one job reads as one: its own file first, then those of the same drop that it refers to, by way of others too.</summary>
/// <param name="PartOf">Another file of the drop that takes this one in, so that it needs no tables of its own; null where there is none.</param>
sealed record DropGroup(IReadOnlyList<DropFile> Files, DropFile? PartOf)
{
    public long Size => Files.Sum(file => file.Size);
}

/// <summary>An assembly may come in several STEP files, of which one refers to the others by name. Dropped together they are read as one, by the job of the file at the top.</summary>
sealed class DroppedTogether(FileStore files) : IDisposable
{
    /// <summary>What each file refers to, by content, as every job of a drop asks for all of them.</summary>
    readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = 1_000_000 });

    public async Task<DropGroup> OfAsync(JobRun run)
    {
        var work = run.Lease.Work;
        var own = new DropFile(work.Id, work.FileName!, work.Sha256!, work.FileSize);
        // Of two files of one name the first is meant.
        var drop = work.Parent is null || !IsStep(own) ? []
            : (await run.Lease.ReadDropAsync(run.Cancellation)).Where(IsStep).DistinctBy(file => file.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var place = drop.FindIndex(file => file.Job == work.Id);
        if (place < 0 || drop.Count < 2)
            return new DropGroup([own], null);

        var below = new List<HashSet<int>>();
        foreach (var references in await ReferencesAsync(drop, run))
            below.Add([.. Enumerable.Range(0, drop.Count).Where(n => references.Any(reference => reference.Means(drop[n].Name)))]);
        var reached = Enumerable.Range(0, drop.Count).Select(n => Reach(below, n)).ToList();
        // Files that refer to each other in a ring are read by the first of them.
        bool Takes(int top, int file) => top != file && reached[top].Contains(file) && (!reached[file].Contains(top) || top < file);
        bool IsTop(int file) => !Enumerable.Range(0, drop.Count).Any(top => Takes(top, file));
        var partOf = Enumerable.Range(0, drop.Count).Where(top => IsTop(top) && Takes(top, place)).Select(top => drop[top]).FirstOrDefault();
        return new DropGroup([own, .. reached[place].Where(n => n != place).Order().Select(n => drop[n])], partOf);
    }

    static HashSet<int> Reach(List<HashSet<int>> below, int from)
    {
        var (found, left) = (new HashSet<int>(), new Stack<int>([from]));
        while (left.TryPop(out var next))
        {
            foreach (var file in below[next].Where(found.Add))
                left.Push(file);
        }
        return found;
    }

    async Task<List<IReadOnlyList<ExternalFile>>> ReferencesAsync(IReadOnlyList<DropFile> drop, JobRun run)
    {
        var all = new List<IReadOnlyList<ExternalFile>>();
        var (done, total) = (0L, drop.Sum(file => file.Size));
        foreach (var file in drop)
        {
            run.Report(done, total, "looking for files that belong together");
            all.Add(await known.GetOrCreateAsync<IReadOnlyList<ExternalFile>>(Convert.ToHexString(file.Sha256), async entry =>
            {
                var found = await Task.Run(() => References(file, run.Cancellation), run.Cancellation);
                entry.Size = 1 + found.Count;
                return found;
            }) ?? []);
            done += file.Size;
        }
        return all;
    }

    IReadOnlyList<ExternalFile> References(DropFile file, CancellationToken cancellation)
    {
        using var stream = files.OpenRead(file.Sha256);
        return StepReader.Read(stream, cancellationToken: cancellation).ExternalFiles;
    }

    static bool IsStep(DropFile file) => Path.GetExtension(file.Name).ToUpperInvariant() is ".STP" or ".STEP" or ".P21";

    public void Dispose() => known.Dispose();
}

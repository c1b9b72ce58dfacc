namespace PyBase.Core.Scaling;

/// <summary>A moment of a simulated queue.</summary>
public readonly record struct WhatIfPoint(double Second, int Depth, int Workers);

/// <summary>What would have happened.</summary>
/// <param name="Points">One for each look of the scaler.</param>
/// <param name="WaitMedian">Seconds from asked for to begun, of jobs that can succeed.</param>
/// <param name="WaitP95">The same for the slowest of twenty.</param>
/// <param name="WorkerHours">What the workers cost.</param>
/// <param name="Changes">How often their number changed.</param>
/// <param name="Done">Jobs that came to a good end.</param>
/// <param name="Parked">Jobs that were given up.</param>
public sealed record WhatIfOutcome(IReadOnlyList<WhatIfPoint> Points, double WaitMedian, double WaitP95, double WorkerHours, int Changes, int Done, int Parked)
{
    /// <summary>The most there were at once.</summary>
    public int MostWorkers => Points.Max(p => p.Workers);
}

/// <summary>
/// A queue with workers, event by event: jobs arrive by chance (Poisson), a worker takes one at a time, new workers need a while to start, one that is taken away
/// ends its job first, and what fails comes again as <c>JobConsumer</c> has it. The same seed gives the same run.
/// </summary>
public sealed class WhatIf
{
    const int MaxAttempts = 5;
    const double LookEvery = 15, WorkerStart = 20, RateOver = 60;
    static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    enum Kind { Arrival, Retry, Finish, WorkerReady, Look }

    sealed record Job(double Asked, bool IsPoison)
    {
        public int Attempts { get; set; }
    }

    readonly Scenario scenario;
    readonly Scaler scaler;
    // Apart, so that each scaler gets the same jobs.
    readonly Random arrivals, services;
    readonly PriorityQueue<(Kind Kind, Job? Job), (double Time, long Number)> events = new();
    readonly Queue<Job> waiting = [];
    readonly List<QueueSample> samples = [];
    readonly List<WhatIfPoint> points = [];
    readonly List<double> waits = [];
    readonly Queue<double> arrived = [], served = [], failed = [];
    long number;
    int workers, ready, running, changes, done, parked;
    double workerSeconds, before;

    WhatIf(Scenario scenario, Scaler scaler, int workers, int seed) =>
        (this.scenario, this.scaler, this.workers, ready, arrivals, services) = (scenario, scaler, workers, workers, new Random(seed), new Random(seed + 1));

    /// <summary>Plays the scenario through, until its last job has ended.</summary>
    public static WhatIfOutcome Run(Scenario scenario, Scaler scaler, int workers, int seed = 1) => new WhatIf(scenario, scaler, workers, seed).Run();

    WhatIfOutcome Run()
    {
        At(NextArrival(0), Kind.Arrival, null);
        At(LookEvery, Kind.Look, null);
        while (events.TryDequeue(out var next, out var at))
        {
            workerSeconds += Math.Max(ready, running) * (at.Time - before);
            before = at.Time;
            Happen(next.Kind, next.Job, at.Time);
            while (waiting.Count > 0 && running < ready)
                Begin(waiting.Dequeue(), at.Time);
        }
        waits.Sort();
        return new(points, Quantile(0.5), Quantile(0.95), workerSeconds / 3600, changes, done, parked);

        double Quantile(double share) => waits.Count == 0 ? 0 : waits[(int)(share * (waits.Count - 1))];
    }

    void Happen(Kind kind, Job? job, double now)
    {
        switch (kind)
        {
            case Kind.Arrival:
                waiting.Enqueue(new Job(now, arrivals.NextDouble() < scenario.PoisonShare));
                arrived.Enqueue(now);
                At(NextArrival(now), Kind.Arrival, null);
                break;
            case Kind.Retry:
                waiting.Enqueue(job!);
                break;
            case Kind.Finish:
                Finish(job!, now);
                break;
            case Kind.WorkerReady:
                ready = Math.Min(ready + 1, workers);
                break;
            case Kind.Look:
                Look(now);
                break;
        }
    }

    void Begin(Job job, double now)
    {
        running++;
        if (job.Attempts++ == 0 && !job.IsPoison)
            waits.Add(now - job.Asked);
        At(now - Math.Log(1 - services.NextDouble()) * scenario.JobSeconds, Kind.Finish, job);
    }

    void Finish(Job job, double now)
    {
        running--;
        if (!job.IsPoison)
        {
            done++;
            served.Enqueue(now);
            return;
        }
        failed.Enqueue(now);
        if (job.Attempts == MaxAttempts)
            parked++;
        else
            At(now + Math.Pow(2, job.Attempts) * (0.5 + services.NextDouble()), Kind.Retry, job);
    }

    void Look(double now)
    {
        var oldest = waiting.FirstOrDefault(job => job.Attempts == 0);
        samples.Add(new(Start.AddSeconds(now), waiting.Count, oldest is null ? 0 : now - oldest.Asked, running, Rate(arrived, now), Rate(served, now), Rate(failed, now), null));
        if (samples.Count > 30)
            samples.RemoveAt(0);
        points.Add(new(now, waiting.Count, workers));
        var desired = scaler(samples, workers, Start.AddSeconds(now));
        if (desired != workers)
            changes++;
        for (var more = workers; more < desired; more++)
            At(now + WorkerStart, Kind.WorkerReady, null);
        workers = desired;
        ready = Math.Min(ready, workers);
        if (now < scenario.Length.TotalSeconds || waiting.Count + running > 0)
            At(now + LookEvery, Kind.Look, null);
    }

    static double Rate(Queue<double> times, double now)
    {
        while (times.TryPeek(out var first) && first < now - RateOver)
            times.Dequeue();
        return times.Count / RateOver;
    }

    /// <summary>By thinning: candidates at the highest rate, of which as many count as the rate of their moment says. Infinity when there is none any more.</summary>
    double NextArrival(double from)
    {
        while (true)
        {
            from -= Math.Log(1 - arrivals.NextDouble()) / scenario.MostArrivals;
            if (from >= scenario.Length.TotalSeconds)
                return double.PositiveInfinity;
            if (arrivals.NextDouble() * scenario.MostArrivals < scenario.ArrivalsPerSecond(from))
                return from;
        }
    }

    void At(double time, Kind kind, Job? job)
    {
        if (!double.IsPositiveInfinity(time))
            events.Enqueue((kind, job), (time, number++));
    }
}

namespace PyBase.Notation.Threads;

/// <summary>The families of threads that are read.</summary>
public enum ThreadForm
{
    /// <summary>M, ISO metric (ISO 261, ISO 965-1).</summary>
    Metric,
    /// <summary>MJ, metric with a rounded root for aerospace (ISO 5855).</summary>
    MetricMJ,
    /// <summary>UNC, unified coarse (ASME B1.1).</summary>
    UnifiedCoarse,
    /// <summary>UNF, unified fine (ASME B1.1).</summary>
    UnifiedFine,
    /// <summary>UNEF, unified extra fine (ASME B1.1).</summary>
    UnifiedExtraFine,
    /// <summary>UN, unified of constant pitch (ASME B1.1).</summary>
    UnifiedConstantPitch,
    /// <summary>UNS, unified special (ASME B1.1).</summary>
    UnifiedSpecial,
    /// <summary>NPT, American taper pipe (ASME B1.20.1).</summary>
    TaperPipe,
    /// <summary>NPTF, American dryseal taper pipe (ASME B1.20.3).</summary>
    DrysealPipe,
    /// <summary>G, parallel pipe, not sealing in the thread (ISO 228-1).</summary>
    ParallelPipe,
    /// <summary>R, external taper pipe, sealing in the thread (ISO 7-1).</summary>
    SealingExternalTaper,
    /// <summary>Rc, internal taper pipe (ISO 7-1).</summary>
    SealingInternalTaper,
    /// <summary>Rp, internal parallel pipe (ISO 7-1).</summary>
    SealingInternalParallel,
    /// <summary>Tr, ISO metric trapezoidal (ISO 2902, ISO 2904).</summary>
    Trapezoidal,
    /// <summary>ACME (ASME B1.5).</summary>
    Acme,
    /// <summary>Stub ACME (ASME B1.8).</summary>
    StubAcme,
    /// <summary>BUTT, inch buttress (ASME B1.9).</summary>
    Buttress,
}

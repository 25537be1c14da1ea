namespace Vpio.Hostile.Judging;

/// <summary>Says where the hostile guests of an attack by calls live.</summary>
internal enum GuestHome
{
    /// <summary>In the judge's process.</summary>
    Judge,

    /// <summary>In a process of their own.</summary>
    Process,

    /// <summary>In virtual machines of their own: an agent there does what the attack's threads in the judge's process have it do.</summary>
    Machine,
}

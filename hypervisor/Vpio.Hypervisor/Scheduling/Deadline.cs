namespace Vpio.Hypervisor.Scheduling;

/// <summary>Is something that happens at a time, unless it is moved or cleared before.</summary>
internal abstract class Deadline
{
    /// <summary>The place of a deadline that is not set.</summary>
    internal const int NotSet = -1;

    /// <summary>Gets or sets when it happens, nanoseconds of the hypervisor's clock. The queue's to write.</summary>
    internal long DueNs { get; set; }

    /// <summary>Gets or sets its place in the queue. The queue's to write.</summary>
    internal int Place { get; set; } = NotSet;

    /// <summary>Does what is due. Runs on the timer's thread, outside the queue's lock; a late call for a deadline that was moved meanwhile must do no harm.</summary>
    internal abstract void Expired();
}

using System.Globalization;

namespace Vpio.Simulation.Load;

/// <summary>Reads a load from text: a line a job, <c>time_us,guest,service_us</c>, in order of time. The first line may be those names.</summary>
internal static class TraceFile
{
    /// <summary>The columns, as the first line may name them.</summary>
    public const string Columns = "time_us,guest,service_us";

    /// <summary>The most guests that a hypervisor has.</summary>
    public const int MostGuests = 1024;

    private const decimal NanosecondsPerMicrosecond = 1000;
    private const decimal LongestUs = 1_000_000m * 86_400;

    /// <summary>Reads a trace.</summary>
    /// <param name="text">Where it stands.</param>
    /// <returns>The load.</returns>
    /// <exception cref="TraceFormatException">A line is not as it should be, or there is no job.</exception>
    public static TraceLoad Read(TextReader text)
    {
        List<(int Guest, Job Job)> entries = [];
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || (number == 1 && line.Trim() == Columns))
                continue;
            (int Guest, Job Job) entry = Entry(number, line.Split(','));
            if (entries.Count > 0 && entry.Job.AtNs < entries[^1].Job.AtNs)
                throw new TraceFormatException(number, "its time is before that of the line before; sort the trace by time");
            entries.Add(entry);
        }

        return entries.Count > 0 ? new TraceLoad(entries) : throw new TraceFormatException(number, $"the trace ends without a job; each line is {Columns}");
    }

    private static (int Guest, Job Job) Entry(int number, string[] fields)
    {
        if (fields.Length != 3)
            throw new TraceFormatException(number, $"it has {fields.Length} field{(fields.Length == 1 ? "" : "s")}; each line is {Columns}");
        long atNs = Nanoseconds(number, "time_us", fields[0], leastUs: 0);
        long serviceNs = Nanoseconds(number, "service_us", fields[2], leastUs: 0.001m);
        if (!int.TryParse(fields[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int guest) || guest is < 1 or > MostGuests)
            throw new TraceFormatException(number, $"guest \"{fields[1].Trim()}\" is not a number from 1 to {MostGuests}");
        return (guest, new Job(atNs, serviceNs));
    }

    private static long Nanoseconds(int number, string column, string field, decimal leastUs)
    {
        string text = field.Trim();
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal us) || us < leastUs || us > LongestUs)
            throw new TraceFormatException(number, $"{column} \"{text}\" is not a number of microseconds from {leastUs.ToString(CultureInfo.InvariantCulture)} to a day");
        return (long)(us * NanosecondsPerMicrosecond);
    }
}

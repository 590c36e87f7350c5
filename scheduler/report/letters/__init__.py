"""Letters in Word, from templates or on a region's letterhead; one PDF of all; drafts of e-mail."""

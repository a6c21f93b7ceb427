ALTER TABLE `enterprise` ADD `draft_version` integer;--> statement-breakpoint
ALTER TABLE `app_version` ADD `base_version` integer;